using ActorFed.Kernel.Torch;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static unsafe class utils
        {
            /// <summary>Scales all gradients so that their common norm is at most <paramref name="max_norm"/>.</summary>
            /// <returns>The norm before; NaN or infinity if a gradient was.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var held = new Handles(tensors);
                fixed (nint* many = held.Pointers)
                {
                    Native.Check(Native.clip_grad_norm(many, held.Count, max_norm, norm_type, out var total));
                    return total;
                }
            }

            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var held = new Handles(tensors);
                fixed (nint* many = held.Pointers)
                {
                    Native.Check(Native.clip_grad_value(many, held.Count, clip_value));
                }
            }

            /// <summary>All numbers of the parameters, one after the other.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                return cat([.. tensors.Select(p => p.reshape(-1))]).MoveToOuterDisposeScope();
            }

            /// <summary>The way back: copies a vector's numbers into the parameters, in order.</summary>
            public static void vector_to_parameters(Tensor vec, IEnumerable<Parameter> tensors)
            {
                using var scope = NewDisposeScope();
                using var frozen = no_grad();
                var at = 0L;
                foreach (var parameter in tensors)
                {
                    var count = parameter.NumberOfElements;
                    parameter.copy_(vec.narrow(0, at, count).view(parameter.shape));
                    at += count;
                }
                if (at != vec.NumberOfElements)
                {
                    throw new ArgumentException(
                        $"The vector has {vec.NumberOfElements} numbers, the parameters {at}.",
                        nameof(vec)
                    );
                }
            }
        }
    }
}
