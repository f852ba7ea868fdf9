using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public long Dimensions => Native.dim(Held);

        public long ndim => Dimensions;

        public long dim() => Dimensions;

        public long NumberOfElements => Native.numel(Held);

        public long numel() => NumberOfElements;

        public long ElementSize => Native.element_size(Held);

        public long element_size() => ElementSize;

        public ScalarType dtype => (ScalarType)Native.dtype(Held);

        public DeviceType device_type => (DeviceType)Native.device_type(Held);

        public int device_index => Native.device_index(Held);

        public Device device => new(device_type, device_index);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_leaf => Native.is_leaf(Held) != 0;

        public bool is_contiguous() => Native.is_contiguous(Held) != 0;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public long[] shape => size();

        public unsafe long[] size()
        {
            var made = new long[Dimensions];
            fixed (long* to = made)
            {
                Native.Check(Native.sizes(Held, to));
            }
            return made;
        }

        public long size(int dim)
        {
            var all = shape;
            return all[Wrapped(dim, all.Length)];
        }

        public unsafe long[] stride()
        {
            var made = new long[Dimensions];
            fixed (long* to = made)
            {
                Native.Check(Native.strides(Held, to));
            }
            return made;
        }

        public long stride(int dim)
        {
            var all = stride();
            return all[Wrapped(dim, all.Length)];
        }

        public long storage_offset() => Native.storage_offset(Held);

        private static int Wrapped(int dim, int count)
        {
            var wrapped = dim < 0 ? dim + count : dim;
            return wrapped >= 0 && wrapped < count
                ? wrapped
                : throw new ArgumentOutOfRangeException(
                    nameof(dim),
                    dim,
                    $"A tensor of {count} dimensions has none of that number."
                );
        }

        public override string ToString() =>
            IsInvalid ? "[disposed]" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
    }
}
