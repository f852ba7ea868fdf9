using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                Native.Make(Native.linear(input.Held, weights.Held, Native.H(bias), out var made), made);

            public static Tensor bilinear(Tensor input1, Tensor input2, Tensor weight, Tensor? bias = null) =>
                Native.Make(Native.bilinear(input1.Held, input2.Held, weight.Held, Native.H(bias), out var made), made);

            public static Tensor layer_norm(
                Tensor input,
                long[] normalized_shape,
                Tensor? weight = null,
                Tensor? bias = null,
                double eps = 1e-05
            ) =>
                Native.Make(
                    Native.layer_norm(
                        input.Held,
                        normalized_shape,
                        normalized_shape.Length,
                        Native.H(weight),
                        Native.H(bias),
                        eps,
                        out var made
                    ),
                    made
                );

            public static Tensor group_norm(
                Tensor input,
                long num_groups,
                Tensor? weight = null,
                Tensor? bias = null,
                double eps = 1e-05
            ) =>
                Native.Make(Native.group_norm(input.Held, num_groups, Native.H(weight), Native.H(bias), eps, out var made), made);

            /// <summary>Draws from the global generator: for chance with a seed of its own make a mask with <c>bernoulli_(generator:)</c>.</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false)
            {
                if (!inplace)
                {
                    return Native.Make(Native.dropout(input.Held, p, Native.Int(training), out var made), made);
                }
                Native.Check(Native.dropout_(input.Held, p, Native.Int(training)));
                return input;
            }

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? x.relu_() : x.relu();

            public static Tensor relu6(Tensor x, bool inplace = false) => inplace ? x.relu6_() : x.relu6();

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope) : input.leaky_relu(negative_slope);

            public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                inplace ? x.copy_(x.elu(alpha, 1, 1)) : x.elu(alpha, 1, 1);

            public static Tensor selu(Tensor x, bool inplace = false) => inplace ? x.selu_() : x.selu();

            public static Tensor hardsigmoid(Tensor input, bool inplace = false) =>
                inplace ? input.hardsigmoid_() : input.hardsigmoid();

            public static Tensor hardswish(Tensor input, bool inplace = false) =>
                inplace ? input.hardswish_() : input.hardswish();

            public static Tensor Mish(Tensor x) => Native.Make(Native.mish(x.Held, out var made), made);

            public static Tensor glu(Tensor input, long dim = -1) => Native.Make(Native.glu(input.Held, dim, out var made), made);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                Native.Make(Native.softplus(x.Held, ((Scalar)beta).Value, ((Scalar)threshold).Value, out var made), made);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor one_hot(Tensor x, long num_classes = -1) =>
                Native.Make(Native.one_hot(x.Held, num_classes, out var made), made);

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-08) =>
                Native.Make(Native.cosine_similarity(x1.Held, x2.Held, dim, eps, out var made), made);

            public static Tensor conv2d(
                Tensor input,
                Tensor weight,
                Tensor? bias = null,
                long[]? strides = null,
                long[]? padding = null,
                long[]? dilation = null,
                long groups = 1
            )
            {
                strides ??= [1];
                padding ??= [0];
                dilation ??= [1];
                return Native.Make(
                    Native.conv2d(
                        input.Held,
                        weight.Held,
                        Native.H(bias),
                        strides,
                        strides.Length,
                        padding,
                        padding.Length,
                        dilation,
                        dilation.Length,
                        groups,
                        out var made
                    ),
                    made
                );
            }
        }
    }
}
