using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Mean negative log likelihood of class numbers (or class probabilities) under softmax(input).</summary>
            public static Tensor cross_entropy(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                long ignore_index = -100,
                Reduction reduction = Reduction.Mean,
                double label_smoothing = 0
            ) =>
                Native.Make(
                    Native.cross_entropy(
                        input.Held,
                        target.Held,
                        Native.H(weight),
                        ignore_index,
                        (int)reduction,
                        label_smoothing,
                        out var made
                    ),
                    made
                );

            public static Tensor nll_loss(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                Reduction reduction = Reduction.Mean
            ) => Native.Make(Native.nll_loss(input.Held, target.Held, Native.H(weight), (int)reduction, out var made), made);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Native.Make(Native.mse_loss(input.Held, target.Held, (int)reduction, out var made), made);

            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Native.Make(Native.l1_loss(input.Held, target.Held, (int)reduction, out var made), made);

            public static Tensor smooth_l1_loss(
                Tensor input,
                Tensor target,
                Reduction reduction = Reduction.Mean,
                double beta = 1
            ) => Native.Make(Native.smooth_l1_loss(input.Held, target.Held, (int)reduction, beta, out var made), made);

            public static Tensor huber_loss(
                Tensor input,
                Tensor target,
                double delta = 1,
                Reduction reduction = Reduction.Mean
            ) => Native.Make(Native.huber_loss(input.Held, target.Held, (int)reduction, delta, out var made), made);

            public static Tensor kl_div(
                Tensor input,
                Tensor target,
                bool log_target = true,
                Reduction reduction = Reduction.Mean
            ) => Native.Make(Native.kl_div(input.Held, target.Held, (int)reduction, Native.Int(log_target), out var made), made);

            public static Tensor binary_cross_entropy(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                Reduction reduction = Reduction.Mean
            ) =>
                Native.Make(
                    Native.binary_cross_entropy(input.Held, target.Held, Native.H(weight), (int)reduction, out var made),
                    made
                );

            public static Tensor binary_cross_entropy_with_logits(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                Reduction reduction = Reduction.Mean,
                Tensor? pos_weights = null
            ) =>
                Native.Make(
                    Native.binary_cross_entropy_with_logits(
                        input.Held,
                        target.Held,
                        Native.H(weight),
                        Native.H(pos_weights),
                        (int)reduction,
                        out var made
                    ),
                    made
                );
        }
    }
}
