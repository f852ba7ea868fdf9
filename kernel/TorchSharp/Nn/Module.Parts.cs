using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Module module)> named_children() =>
                _moduleOrder.Select(n => (n, _moduleOf[n]));

            public virtual IEnumerable<Module> children() => named_children().Select(c => c.module);

            /// <summary>Every module below this one, each once, by its dotted path.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                named_children()
                    .SelectMany(c =>
                        c.module.named_modules().Select(m => ($"{c.name}.{m.name}", m.module)).Prepend((c.name, c.module))
                    )
                    .DistinctBy(m => m.Item2, ReferenceEqualityComparer.Instance)
                    .Cast<(string, Module)>();

            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module).Prepend(this);

            /// <summary>This module's parameters, then its modules', each parameter once, by its dotted path.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
                foreach (var name in _parameterOrder)
                {
                    if (_parameterOf[name] is { } own && seen.Add(own))
                    {
                        yield return (name, own);
                    }
                }
                foreach (var (child, module) in recurse ? named_children() : [])
                {
                    foreach (var (name, parameter) in module.named_parameters())
                    {
                        if (seen.Add(parameter))
                        {
                            yield return ($"{child}.{name}", parameter);
                        }
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(p => p.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) =>
                _bufferOrder
                    .Select(n => (n, _bufferOf[n]))
                    .Concat(
                        recurse
                            ? named_children()
                                .SelectMany(c => c.module.named_buffers().Select(b => ($"{c.name}.{b.name}", b.buffer)))
                            : []
                    );

            public virtual IEnumerable<Tensor> buffers(bool recurse = true) => named_buffers(recurse).Select(b => b.buffer);

            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(p => p.name == target).parameter;

            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            public virtual Tensor? get_buffer(string target) => named_buffers().FirstOrDefault(b => b.name == target).buffer;

            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>Forgets every parameter's gradient, or fills it with zeros.</summary>
            public virtual unsafe void zero_grad(bool set_to_none = true)
            {
                using var held = new ActorFed.Kernel.Torch.Handles(parameters());
                fixed (nint* many = held.Pointers)
                {
                    ActorFed.Kernel.Torch.Native.Check(
                        ActorFed.Kernel.Torch.Native.zero_grads(many, held.Count, ActorFed.Kernel.Torch.Native.Int(set_to_none))
                    );
                }
            }
        }
    }
}
