using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>y = x Aᵀ + b. weight[out, in], bias[out].</summary>
    public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Linear))
        {
            weight = Make.Parameter([outputSize, inputSize], device, dtype);
            torch.nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
            register_parameter(nameof(weight), weight);
            if (hasBias)
            {
                bias = Make.Parameter([outputSize], device, dtype);
                var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                torch.nn.init.uniform_(bias, -bound, bound);
                register_parameter(nameof(bias), bias);
            }
        }

        public Parameter weight { get; }

        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
    }

    /// <summary>Normalises the last dimensions to mean 0 and variance 1, then scales and shifts.</summary>
    public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] _shape;
        private readonly double _eps;

        internal LayerNorm(long[] shape, double eps, bool affine, bool hasBias, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(LayerNorm))
        {
            (_shape, _eps) = (shape, eps);
            if (affine)
            {
                weight = Make.Parameter(shape, device, dtype);
                torch.nn.init.ones_(weight);
                register_parameter(nameof(weight), weight);
            }
            if (affine && hasBias)
            {
                bias = Make.Parameter(shape, device, dtype);
                torch.nn.init.zeros_(bias);
                register_parameter(nameof(bias), bias);
            }
        }

        public Parameter? weight { get; }

        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor tensor) =>
            torch.nn.functional.layer_norm(tensor, _shape, weight, bias, _eps);
    }

    /// <summary>Rows of a table by number. weight[count, width].</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long _padding;
        private readonly bool _byFrequency;

        internal Embedding(Parameter weight, long? padding_idx, bool scale_grad_by_freq)
            : base(nameof(Embedding))
        {
            this.weight = weight;
            var rows = weight.shape[0];
            _padding = padding_idx is { } p ? (p < 0 ? p + rows : p) : -1;
            _byFrequency = scale_grad_by_freq;
            register_parameter(nameof(weight), weight);
        }

        public Parameter weight { get; }

        public override torch.Tensor forward(torch.Tensor input) =>
            ActorFed.Kernel.Torch.Native.Make(
                ActorFed.Kernel.Torch.Native.embedding(
                    weight.Held,
                    input.Held,
                    _padding,
                    ActorFed.Kernel.Torch.Native.Int(_byFrequency),
                    0,
                    out var made
                ),
                made
            );
    }

    /// <summary>A two-dimensional convolution. weight[out, in / groups, height, width].</summary>
    public sealed class Conv2d : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly long[] _stride;
        private readonly long[] _padding;
        private readonly long[] _dilation;
        private readonly long _groups;

        internal Conv2d(
            (long In, long Out) channels,
            long[] kernel,
            long[] stride,
            long[] padding,
            long[] dilation,
            long groups,
            bool hasBias,
            torch.Device? device,
            torch.ScalarType? dtype
        )
            : base(nameof(Conv2d))
        {
            (_stride, _padding, _dilation, _groups) = (stride, padding, dilation, groups);
            weight = Make.Parameter([channels.Out, channels.In / groups, .. kernel], device, dtype);
            torch.nn.init.kaiming_uniform_(weight, a: Math.Sqrt(5));
            register_parameter(nameof(weight), weight);
            if (hasBias)
            {
                bias = Make.Parameter([channels.Out], device, dtype);
                var bound = 1 / Math.Sqrt(torch.nn.init.CalculateFanInAndFanOut(weight).fanIn);
                torch.nn.init.uniform_(bias, -bound, bound);
                register_parameter(nameof(bias), bias);
            }
        }

        public Parameter weight { get; }

        public Parameter? bias { get; }

        public override torch.Tensor forward(torch.Tensor input) =>
            torch.nn.functional.conv2d(input, weight, bias, _stride, _padding, _dilation, _groups);
    }

    internal static class Make
    {
        internal static Parameter Parameter(long[] shape, torch.Device? device, torch.ScalarType? dtype)
        {
            using var data = torch.empty(shape, dtype, device);
            return new Parameter(data);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(
                long inputSize,
                long outputSize,
                bool hasBias = true,
                Device? device = null,
                ScalarType? dtype = null
            ) => new(inputSize, outputSize, hasBias, device, dtype);

            public static LayerNorm LayerNorm(
                long[] normalized_shape,
                double eps = 1e-05,
                bool elementwise_affine = true,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null
            ) => new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static LayerNorm LayerNorm(
                long normalized_shape,
                double eps = 1e-05,
                bool elementwise_affine = true,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null
            ) => new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static Embedding Embedding(
                long num_embeddings,
                long embedding_dims,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null
            )
            {
                ThrowIfRenormedOrSparse(max_norm, sparse);
                var weight = Make.Parameter([num_embeddings, embedding_dims], device, dtype);
                init.normal_(weight);
                if (padding_idx is { } row)
                {
                    using var scope = NewDisposeScope();
                    using var frozen = no_grad();
                    weight[row].zero_();
                }
                return new(weight, padding_idx, scale_grad_by_freq);
            }

            public static Embedding Embedding_from_pretrained(
                Tensor embeddings,
                bool freeze = true,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null
            )
            {
                ThrowIfRenormedOrSparse(max_norm, sparse);
                using var data = embeddings.to(device ?? embeddings.device, dtype ?? embeddings.dtype);
                return new(new Parameter(data, requires_grad: !freeze), padding_idx, scale_grad_by_freq);
            }

            private static void ThrowIfRenormedOrSparse(double? max_norm, bool sparse)
            {
                if (max_norm is not null || sparse)
                {
                    throw new NotSupportedException("Embedding: max_norm and sparse gradients are not covered.");
                }
            }

            public static Conv2d Conv2d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long dilation = 1,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null
            ) =>
                new(
                    (in_channels, out_channels),
                    [kernel_size, kernel_size],
                    [stride, stride],
                    [padding, padding],
                    [dilation, dilation],
                    groups,
                    bias,
                    device,
                    dtype
                );

            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
