using System.Globalization;
using ActorFed.Kernel.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class TrainingTests
{
    public TrainingTests() => set_num_threads(1);

    private static IEnumerable<(double Loss, double Norm)> Train(int steps, Func<Parameter[], optim.Optimizer> make)
    {
        using var made = NewDisposeScope();
        manual_seed(1234);
        using var model = new LoraModel(50, 32, 2, 3);
        var trainable = model.Trainable();
        using var optimizer = make(trainable);
        using var g = new Generator(99);
        var ids = randint(0, 50, [24L, 12L], generator: g);
        var labels = ids.sum(1) % 3;
        var seen = new List<(double, double)>();
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var rows = randperm(24, generator: g)[0..8];
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(model.call(ids[rows]), labels[rows]);
            loss.backward();
            var norm = nn.utils.clip_grad_norm_(trainable, 1.0);
            optimizer.step();
            seen.Add((loss.ToDouble(), norm));
        }
        return seen;
    }

    private static optim.Optimizer Adamw(Parameter[] p) => optim.AdamW(p, lr: 1e-2, weight_decay: 0.01);

    private static readonly Dictionary<string, Func<Parameter[], optim.Optimizer>> Optimizers = new()
    {
        ["adamw"] = Adamw,
        ["adam"] = p => optim.Adam(p, lr: 1e-2, weight_decay: 0.1),
        ["amsgrad"] = p => optim.AdamW(p, lr: 1e-2, amsgrad: true),
        ["sgd"] = p => optim.SGD(p, 0.3),
        ["momentum"] = p => optim.SGD(p, 0.1, momentum: 0.9, dampening: 0.1, weight_decay: 0.01),
        ["nesterov"] = p => optim.SGD(p, 0.1, momentum: 0.9, nesterov: true),
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    /// <summary>Losses and gradient norms of generate/lora.py, to 4 digits at every step.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_lora_training_follows_Python_step_by_step(string name)
    {
        var python = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", "lora.txt"))
            .Select(l => l.Split(' '))
            .Where(p => p[0] == name)
            .Select(p =>
                (Loss: double.Parse(p[2], CultureInfo.InvariantCulture), Norm: double.Parse(p[3], CultureInfo.InvariantCulture))
            )
            .ToList();
        Assert.Equal(name == "adamw" ? 50 : 20, python.Count);
        var ours = Train(python.Count, Optimizers[name]).ToList();
        foreach (var (mine, theirs) in ours.Zip(python))
        {
            Assert.Equal(theirs.Loss, mine.Loss, 1e-4 * Math.Max(0.1, theirs.Loss));
            Assert.Equal(theirs.Norm, mine.Norm, 1e-3 * Math.Max(0.1, theirs.Norm));
        }
    }

    [Fact]
    public void A_training_leaves_as_many_handles_as_it_found()
    {
        Train(2, Adamw);
        var before = Live.Handles();
        Train(5, Adamw);
        Assert.Equal(before, Live.Handles());
    }

    [Fact]
    public void Dropped_tensors_are_freed_by_the_collector()
    {
        var before = Live.Handles();
        Drop();
        Assert.True(TorchRuntime.LiveHandles >= before + 500);
        Assert.Equal(before, Live.Handles());

        static void Drop()
        {
            for (var i = 0; i < 500; i++)
            {
                zeros(4).add_(1);
            }
        }
    }

    [Fact]
    public void Two_workers_at_once_get_the_bits_of_one_worker()
    {
        using var start = NewDisposeScope();
        manual_seed(5);
        using var frozen = new LoraModel(50, 32, 2, 3);
        var state = frozen.state_dict();
        var alone = Worker(state, 1);
        var results = new float[2][];
        var threads = Enumerable.Range(0, 2).Select(i => new Thread(() => results[i] = Worker(state, 1))).ToArray();
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(alone, results[0]);
        Assert.Equal(alone, results[1]);
    }

    private static float[] Worker(Dictionary<string, Tensor> state, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var model = new LoraModel(50, 32, 2, 3);
        model.load_state_dict(state);
        var trainable = model.Trainable();
        using var optimizer = Adamw(trainable);
        using var g = new Generator(seed);
        for (var i = 0; i < 6; i++)
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.cross_entropy(model.call(randint(0, 50, [8L, 12L], generator: g)), randint(0, 3, [8L], generator: g))
                .backward();
            optimizer.step();
        }
        return nn.utils.parameters_to_vector(trainable).data<float>().ToArray();
    }
}
