using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor type(ScalarType dtype) => Native.Make(Native.to_dtype(Held, (int)dtype, 0, out var made), made);

        public Tensor to(ScalarType type) => this.type(type);

        public Tensor to(Device device) =>
            Native.Make(Native.to_device(Held, (int)device.type, device.index, 0, 0, out var made), made);

        public Tensor to(Device device, ScalarType type)
        {
            using var moved = to(device);
            return moved.type(type);
        }

        public Tensor to(DeviceType deviceType, int deviceIndex = -1) => to(new Device(deviceType, deviceIndex));

        public Tensor to(Tensor other) => to(other.device, other.dtype);

        public Tensor cpu() => to(CPU);

        public Tensor cuda() => to(new Device(DeviceType.CUDA, 0));

        public Tensor @float() => type(ScalarType.Float32);

        public Tensor @double() => type(ScalarType.Float64);

        public Tensor @int() => type(ScalarType.Int32);

        public Tensor @long() => type(ScalarType.Int64);

        public Tensor @bool() => type(ScalarType.Bool);

        public Tensor @byte() => type(ScalarType.Byte);

        public Tensor @char() => type(ScalarType.Int8);
    }
}
