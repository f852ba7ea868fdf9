using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ActorFed.Benchmarks;

/// <summary>The model of bench/python/binding.py: 4 layers, width 256, 4 heads, 64 tokens, LoRA rank 8 on q and v.</summary>
internal static class BindingModel
{
    private const long D = 256;
    private const long Heads = 4;
    private const long Rank = 8;
    private const long Vocabulary = 8192;
    private const long Classes = 10;

    /// <summary>A model in training: the same seed, batch and operations as Python's.</summary>
    internal sealed class Trainer : IDisposable
    {
        private readonly Model _model;
        private readonly AdamW _optimizer;
        private readonly Tensor _ids;
        private readonly Tensor _labels;

        internal Trainer(int batch)
        {
            manual_seed(1);
            _model = new Model();
            foreach (var (name, p) in _model.named_parameters())
            {
                p.requires_grad =
                    name.EndsWith(".A", StringComparison.Ordinal)
                    || name.EndsWith(".B", StringComparison.Ordinal)
                    || name.StartsWith("head", StringComparison.Ordinal);
            }
            _optimizer = optim.AdamW(_model.parameters().Where(p => p.requires_grad), lr: 1e-3, weight_decay: 0.01);
            using var g = new Generator(2);
            _ids = randint(0, Vocabulary, [batch, 64L], generator: g);
            _labels = randint(0, Classes, [(long)batch], generator: g);
        }

        /// <summary>CPU time of the whole process, collector and all.</summary>
        internal (double Milliseconds, double Loss) Measure(int steps)
        {
            var before = Cpu();
            var last = 0.0;
            for (var i = 0; i < steps; i++)
            {
                using var scope = NewDisposeScope();
                _optimizer.zero_grad();
                var loss = F.cross_entropy(_model.call(_ids), _labels);
                loss.backward();
                _optimizer.step();
                last = loss.ToDouble();
            }
            return ((Cpu() - before).TotalMilliseconds / steps, last);
        }

        private static TimeSpan Cpu()
        {
            using var me = Process.GetCurrentProcess();
            return me.TotalProcessorTime;
        }

        public void Dispose()
        {
            _model.Dispose();
            _optimizer.Dispose();
            _ids.Dispose();
            _labels.Dispose();
        }
    }

    private sealed class Lora : nn.Module<Tensor, Tensor>
    {
        private readonly Linear @base = nn.Linear(D, D);
        private readonly Parameter A = new(empty(Rank, D));
        private readonly Parameter B = new(zeros(D, Rank));

        internal Lora()
            : base(nameof(Lora))
        {
            nn.init.kaiming_uniform_(A, a: Math.Sqrt(5));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => @base.call(input) + (F.linear(F.linear(input, A), B) * 2.0);
    }

    private sealed class Block : nn.Module<Tensor, Tensor>
    {
        private readonly LayerNorm ln1 = nn.LayerNorm(D);
        private readonly Lora q = new();
        private readonly Linear k = nn.Linear(D, D);
        private readonly Lora v = new();
        private readonly Linear o = nn.Linear(D, D);
        private readonly LayerNorm ln2 = nn.LayerNorm(D);
        private readonly Linear up = nn.Linear(D, 4 * D);
        private readonly Linear down = nn.Linear(4 * D, D);

        internal Block()
            : base(nameof(Block)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var (b, n) = (input.shape[0], input.shape[1]);
            var h = ln1.call(input);
            Tensor Split(nn.Module<Tensor, Tensor> m) => m.call(h).view(b, n, Heads, D / Heads).transpose(1, 2);
            var (qh, kh, vh) = (Split(q), Split(k), Split(v));
            var att = (qh.matmul(kh.transpose(-2, -1)) * (1.0 / Math.Sqrt(D / Heads))).softmax(-1).matmul(vh);
            var x = input + o.call(att.transpose(1, 2).reshape(b, n, D));
            return x + down.call(F.gelu(up.call(ln2.call(x))));
        }
    }

    private sealed class Model : nn.Module<Tensor, Tensor>
    {
        private readonly Embedding tokens = nn.Embedding(Vocabulary, D);
        private readonly ModuleList<Block> blocks = new(new Block(), new Block(), new Block(), new Block());
        private readonly LayerNorm ln = nn.LayerNorm(D);
        private readonly Linear head = nn.Linear(D, Classes);

        internal Model()
            : base(nameof(Model)) => RegisterComponents();

        public override Tensor forward(Tensor input) =>
            head.call(ln.call(blocks.Aggregate(tokens.call(input), (x, block) => block.call(x))).mean([1]));
    }
}
