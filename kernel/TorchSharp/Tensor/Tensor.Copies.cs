using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor alias() => Native.Make(Native.alias(Held, out var made), made);

        public Tensor clone() => Native.Make(Native.clone(Held, out var made), made);

        public Tensor contiguous() => Native.Make(Native.contiguous(Held, out var made), made);

        public Tensor detach() => Native.Make(Native.detach(Held, out var made), made);

        public Tensor detach_()
        {
            Native.Check(Native.detach_(Held));
            return this;
        }

        public Tensor pin_memory() => Native.Make(Native.pin_memory(Held, out var made), made);

        public Tensor set_(Tensor source)
        {
            Native.Check(Native.set_(Held, source.Held));
            return this;
        }

        public Tensor type_as(Tensor tensor) => Native.Make(Native.type_as(Held, tensor.Held, out var made), made);
    }
}
