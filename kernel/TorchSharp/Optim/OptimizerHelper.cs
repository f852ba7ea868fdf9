using ActorFed.Kernel.Torch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What every optimiser here does: groups, closures, forgetting gradients.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly List<ParamGroup> _groups = [];

    private protected OptimizerHelper() { }

    private protected IReadOnlyList<ParamGroup> Groups => _groups;

    public override IEnumerable<optim.ILearningRateController> ParamGroups => _groups;

    public override IEnumerable<Parameter> parameters() => _groups.SelectMany(g => g.Parameters);

    public override void add_param_group(ParamGroup param_group)
    {
        var taken = parameters().ToHashSet<Parameter>(ReferenceEqualityComparer.Instance);
        if (param_group.Parameters.Any(p => !taken.Add(p)))
        {
            throw new ArgumentException("A parameter stands twice in the optimiser's groups.", nameof(param_group));
        }
        param_group.InitialLearningRate = param_group.LearningRate;
        _groups.Add(param_group);
    }

    /// <summary>Forgets the gradients: they are none until the next backward.</summary>
    public override unsafe void zero_grad()
    {
        using var held = new Handles(parameters());
        fixed (nint* many = held.Pointers)
        {
            Native.Check(Native.zero_grads(many, held.Count, 1));
        }
    }

    /// <summary>Runs the closure with gradients on, then one step of every group.</summary>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recorded = enable_grad();
            loss = closure();
        }
        foreach (var group in _groups)
        {
            Step(group);
        }
        return loss;
    }

    private protected abstract void Step(ParamGroup group);
}

/// <summary>Settings that every optimiser has.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }
}

/// <summary>Parameters that share settings.</summary>
public abstract class ParamGroup : optim.ILearningRateController
{
    private protected ParamGroup(IEnumerable<Parameter> parameters) => Parameters = [.. parameters];

    public IEnumerable<Parameter> Parameters { get; }

    public abstract double LearningRate { get; set; }

    public abstract double InitialLearningRate { get; set; }
}

/// <summary>Parameters with an optimiser's own kind of settings.</summary>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions, new()
{
    public ParamGroup()
        : this([], new TOptions()) { }

    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
        : base(parameters) => Options = options ?? new TOptions();

    public TOptions Options { get; }

    public override double LearningRate
    {
        get => Options.LearningRate ?? 0;
        set => Options.LearningRate = value;
    }

    public override double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }
}
