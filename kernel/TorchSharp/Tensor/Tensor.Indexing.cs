using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => index([TensorIndex.Single(i1)]);
            set => index_put_(value, [TensorIndex.Single(i1)]);
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(Singles(i1, i2));
            set => index_put_(value, Singles(i1, i2));
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(Singles(i1, i2, i3));
            set => index_put_(value, Singles(i1, i2, i3));
        }

        [System.Runtime.CompilerServices.IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(Singles(i1, i2, i3, i4));
            set => index_put_(value, Singles(i1, i2, i3, i4));
        }

        public unsafe Tensor index(params TensorIndex[] indices)
        {
            var arguments = indices.Select(i => i.Argument).ToArray();
            fixed (IndexArg* at = arguments)
            {
                var made = Native.Make(Native.index(Held, at, arguments.Length, out var handle), handle);
                GC.KeepAlive(indices);
                return made;
            }
        }

        public Tensor index(params Tensor[] indices) => index(Tensors(indices));

        public unsafe Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var arguments = indices.Select(i => i.Argument).ToArray();
            fixed (IndexArg* at = arguments)
            {
                Native.Check(Native.index_put_(Held, at, arguments.Length, value.Held));
            }
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, Tensors(indices));

        public unsafe Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            var arguments = indices.Select(i => i.Argument).ToArray();
            fixed (IndexArg* at = arguments)
            {
                Native.Check(Native.index_put_scalar_(Held, at, arguments.Length, value.Value));
            }
            GC.KeepAlive(indices);
            return this;
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, Tensors(indices));

        private static TensorIndex[] Singles(params long[] at) => [.. at.Select(i => TensorIndex.Single(i))];

        private static TensorIndex[] Tensors(Tensor[] indices) => [.. indices.Select(TensorIndex.Tensor)];
    }
}
