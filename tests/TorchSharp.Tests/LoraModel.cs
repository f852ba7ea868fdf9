using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

/// <summary>The model of generate/lora.py: parts are made in the same order, so that the same seed draws the same weights.</summary>
internal sealed class Lora : nn.Module<Tensor, Tensor>
{
    private readonly Linear @base;
    private readonly Parameter A;
    private readonly Parameter B;

    internal Lora(long inputs, long outputs, long rank)
        : base(nameof(Lora))
    {
        @base = nn.Linear(inputs, outputs);
        A = new Parameter(empty(rank, inputs));
        B = new Parameter(zeros(outputs, rank));
        nn.init.kaiming_uniform_(A, a: Math.Sqrt(5));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => @base.call(input) + (F.linear(F.linear(input, A), B) * 2.0);
}

internal sealed class Block : nn.Module<Tensor, Tensor>
{
    private readonly long _heads;
    private readonly LayerNorm ln1;
    private readonly Lora q;
    private readonly Linear k;
    private readonly Lora v;
    private readonly Linear o;
    private readonly LayerNorm ln2;
    private readonly Linear up;
    private readonly Linear down;

    internal Block(long d, long heads)
        : base(nameof(Block))
    {
        _heads = heads;
        (ln1, q, k) = (nn.LayerNorm(d), new Lora(d, d, 4), nn.Linear(d, d));
        (v, o) = (new Lora(d, d, 4), nn.Linear(d, d));
        (ln2, up, down) = (nn.LayerNorm(d), nn.Linear(d, 4 * d), nn.Linear(4 * d, d));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var (b, n, d) = (input.shape[0], input.shape[1], input.shape[2]);
        var h = ln1.call(input);
        Tensor Heads(nn.Module<Tensor, Tensor> m) => m.call(h).view(b, n, _heads, d / _heads).transpose(1, 2);
        var (qh, kh, vh) = (Heads(q), Heads(k), Heads(v));
        var scores = qh.matmul(kh.transpose(-2, -1)) * (1.0 / Math.Sqrt(d / _heads));
        var x = input + o.call(scores.softmax(-1).matmul(vh).transpose(1, 2).reshape(b, n, d));
        return x + down.call(F.gelu(up.call(ln2.call(x))));
    }
}

internal sealed class LoraModel : nn.Module<Tensor, Tensor>
{
    private readonly Embedding tokens;
    private readonly ModuleList<Block> blocks;
    private readonly LayerNorm ln;
    private readonly Linear head;

    internal LoraModel(long vocabulary, long d, int layers, long classes)
        : base(nameof(LoraModel))
    {
        tokens = nn.Embedding(vocabulary, d);
        blocks = nn.ModuleList([.. Enumerable.Range(0, layers).Select(_ => new Block(d, 4))]);
        (ln, head) = (nn.LayerNorm(d), nn.Linear(d, classes));
        RegisterComponents();
    }

    /// <summary>Freezes all but the adapters and the head.</summary>
    internal Parameter[] Trainable()
    {
        foreach (var (name, parameter) in named_parameters())
        {
            parameter.requires_grad =
                name.EndsWith(".A", StringComparison.Ordinal)
                || name.EndsWith(".B", StringComparison.Ordinal)
                || name.StartsWith("head", StringComparison.Ordinal);
        }
        return [.. parameters().Where(p => p.requires_grad)];
    }

    public override Tensor forward(Tensor input) =>
        head.call(ln.call(blocks.Aggregate(tokens.call(input), (x, block) => block.call(x))).mean([1]));
}
