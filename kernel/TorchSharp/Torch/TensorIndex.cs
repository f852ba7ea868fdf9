using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of an index: a number, a slice, a mask or index tensor, a new axis, or "all that is left".</summary>
    public readonly struct TensorIndex
    {
        private readonly IndexArg _arg;
        private readonly Tensor? _tensor;

        private TensorIndex(IndexArg arg, Tensor? tensor = null) => (_arg, _tensor) = (arg, tensor);

        internal IndexArg Argument => _tensor is null ? _arg : new(5, 0, 0, 0, _tensor.Held.DangerousGetHandle());

        internal Tensor? Kept => _tensor;

        public static readonly TensorIndex Null = new(new(0, 0, 0, 0, 0));
        public static readonly TensorIndex None = Null;
        public static readonly TensorIndex Ellipsis = new(new(1, 0, 0, 0, 0));
        public static readonly TensorIndex Colon = Slice();

        public static TensorIndex Single(long? index) => index is { } at ? new(new(2, at, 0, 0, 0)) : Null;

        public static TensorIndex Bool(bool value) => new(new(4, value ? 1 : 0, 0, 0, 0));

        public static TensorIndex Tensor(Tensor tensor) => new(default, tensor);

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new(new(3, start ?? Native.None, stop ?? Native.None, step ?? Native.None, 0));

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        public static TensorIndex Slice(Range range) => Slice(At(range.Start), End(range.End));

        private static long At(Index index) => index.IsFromEnd ? -index.Value : index.Value;

        // ^0 is the end itself, which a stop of 0 would not be.
        private static long? End(Index index) => index is { IsFromEnd: true, Value: 0 } ? null : At(index);

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);
    }
}
