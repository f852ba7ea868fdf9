using ActorFed.Kernel.Torch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Gradient descent, with momentum and Nesterov's variant of it.</summary>
public class SGD : OptimizerHelper
{
    private readonly Dictionary<Parameter, Tensor> _buffers = new(ReferenceEqualityComparer.Instance);
    private readonly Options _defaults;

    public SGD(
        IEnumerable<Parameter> parameters,
        double lr,
        double momentum = 0,
        double dampening = 0,
        double weight_decay = 0,
        bool nesterov = false,
        bool maximize = false
    )
        : this([new ParamGroup(parameters)], lr, momentum, dampening, weight_decay, nesterov, maximize) { }

    public SGD(
        IEnumerable<ParamGroup> parameters,
        double lr,
        double momentum = 0,
        double dampening = 0,
        double weight_decay = 0,
        bool nesterov = false,
        bool maximize = false
    )
    {
        if (nesterov && (momentum <= 0 || dampening != 0))
        {
            throw new ArgumentException("Nesterov's momentum needs a momentum above 0 and no dampening.", nameof(nesterov));
        }
        _defaults = new Options
        {
            LearningRate = lr,
            momentum = momentum,
            dampening = dampening,
            weight_decay = weight_decay,
            nesterov = nesterov,
            maximize = maximize,
        };
        foreach (var group in parameters)
        {
            add_param_group(group);
        }
    }

    public sealed override void add_param_group(Modules.ParamGroup param_group)
    {
        var options = ((ParamGroup)param_group).Options;
        options.LearningRate ??= _defaults.LearningRate;
        options.momentum ??= _defaults.momentum;
        options.dampening ??= _defaults.dampening;
        options.weight_decay ??= _defaults.weight_decay;
        options.nesterov ??= _defaults.nesterov;
        options.maximize ??= _defaults.maximize;
        base.add_param_group(param_group);
    }

    public double Momentum
    {
        get => _defaults.momentum!.Value;
        set
        {
            _defaults.momentum = value;
            foreach (var group in Groups.Cast<ParamGroup>())
            {
                group.Options.momentum = value;
            }
        }
    }

    private protected override unsafe void Step(Modules.ParamGroup group)
    {
        var o = ((ParamGroup)group).Options;
        var moved = group.Parameters.Where(Gradients.Has).ToArray();
        var first = new int[moved.Length];
        var buffers = moved.Select((p, i) => o.momentum == 0 ? null : Buffer(p, ref first[i])).ToArray();
        using var parameters = new Handles(moved);
        using var velocities = new Handles(buffers);
        fixed (
            nint* p = parameters.Pointers,
                b = velocities.Pointers
        )
        fixed (int* f = first)
        {
            Native.Check(
                Native.sgd_step(
                    p,
                    parameters.Count,
                    b,
                    f,
                    group.LearningRate,
                    o.momentum!.Value,
                    o.dampening!.Value,
                    o.weight_decay!.Value,
                    Native.Int(o.nesterov!.Value),
                    Native.Int(o.maximize!.Value)
                )
            );
        }
    }

    private Tensor Buffer(Parameter parameter, ref int first)
    {
        if (!_buffers.TryGetValue(parameter, out var found))
        {
            first = 1;
            _buffers[parameter] = found = AdamMoments.Zeros(parameter);
        }
        return found;
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var buffer in _buffers.Values)
        {
            buffer.Dispose();
        }
        _buffers.Clear();
    }

    /// <summary>Settings of a group; null is "as the optimiser's".</summary>
    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;
    }

    /// <summary>Parameters with settings of their own.</summary>
    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup() { }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options)
            : base(parameters, options) { }

        internal ParamGroup(IEnumerable<Parameter> parameters)
            : base(parameters, new Options()) { }

        public ParamGroup(
            IEnumerable<Parameter> parameters,
            double lr = 0.001,
            double momentum = 0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false
        )
            : base(
                parameters,
                new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                }
            ) { }
    }
}
