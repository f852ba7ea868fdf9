using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Every parameter and buffer by its dotted path: the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null,
                string? prefix = null
            )
            {
                destination ??= [];
                var before = string.IsNullOrEmpty(prefix) ? "" : $"{prefix}.";
                foreach (var (name, parameter) in named_parameters(recurse: false))
                {
                    destination[before + name] = parameter;
                }
                foreach (var (name, buffer) in named_buffers(recurse: false))
                {
                    destination[before + name] = buffer;
                }
                foreach (var (name, child) in named_children())
                {
                    child.state_dict(destination, before + name);
                }
                return destination;
            }

            /// <summary>Copies numbers into this module's tensors.</summary>
            /// <returns>The names that this module has and the source lacks, and those that only the source has.</returns>
            /// <exception cref="InvalidOperationException">Strict, and a name is missing or too many; or a shape differs.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source,
                bool strict = true,
                IList<string>? skip = null
            )
            {
                var mine = state_dict();
                var wanted = mine.Keys.Where(k => skip?.Contains(k) != true).ToList();
                var missing = wanted.Where(k => !source.ContainsKey(k)).ToList();
                var unexpected = source.Keys.Where(k => !mine.ContainsKey(k) && skip?.Contains(k) != true).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        $"The state does not fit {GetName()}: missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}]."
                    );
                }
                using var frozen = no_grad();
                foreach (var name in wanted.Except(missing))
                {
                    Load(name, mine[name], source[name]);
                }
                return (missing, unexpected);
            }

            private static void Load(string name, Tensor mine, Tensor theirs)
            {
                if (!mine.shape.SequenceEqual(theirs.shape))
                {
                    throw new InvalidOperationException(
                        $"{name} has shape [{string.Join(", ", mine.shape)}], the state gives [{string.Join(", ", theirs.shape)}]."
                    );
                }
                mine.copy_(theirs);
            }

            internal void MoveTo(Device? device, ScalarType? dtype)
            {
                foreach (var tensor in parameters().Concat(buffers()))
                {
                    var type = dtype is { } asked && tensor.is_floating_point() ? asked : tensor.dtype;
                    using var frozen = no_grad();
                    using var moved = tensor.to(device ?? tensor.device, type).DetachFromDisposeScope();
                    tensor.set_(moved);
                }
            }
        }
    }
}
