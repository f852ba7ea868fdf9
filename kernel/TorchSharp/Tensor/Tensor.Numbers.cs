using ActorFed.Kernel.Torch;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The numbers, in row-major order, whatever the strides.</summary>
        /// <exception cref="ArgumentException">T is not the C# type of <see cref="dtype"/>.</exception>
        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            ThrowUnless<T>();
            return new TensorAccessor<T>(this);
        }

        /// <summary>The memory of a contiguous CPU tensor: write to it and the tensor changes. Keep the tensor alive while you use it.</summary>
        public unsafe Span<byte> bytes
        {
            get => new(Pointer(), checked((int)(NumberOfElements * ElementSize)));
            set
            {
                var mine = bytes;
                if (value.Length != mine.Length)
                {
                    throw new ArgumentException($"{value.Length} bytes given for a tensor of {mine.Length}.", nameof(value));
                }
                value.CopyTo(mine);
            }
        }

        internal unsafe void* Pointer()
        {
            if (!is_contiguous())
            {
                throw new InvalidOperationException(
                    "The numbers of a tensor that is not contiguous cannot be seen in place: call contiguous() first."
                );
            }
            Native.Check(Native.data_ptr(Held, out var pointer));
            return (void*)pointer;
        }

        internal unsafe T[] Copy<T>()
            where T : unmanaged
        {
            if (NumberOfElements == 0)
            {
                return [];
            }
            using var host = Host();
            var made = new T[host.NumberOfElements];
            new ReadOnlySpan<T>(host.Pointer(), made.Length).CopyTo(made);
            return made;
        }

        /// <summary>A contiguous tensor on the CPU with these numbers; a handle of its own even if it is this very tensor.</summary>
        private Tensor Host()
        {
            using var flat = contiguous();
            return flat.cpu();
        }

        /// <summary>The single number of a tensor with one element.</summary>
        public T item<T>()
            where T : unmanaged
        {
            ThrowUnless<T>();
            Native.Check(Native.item(Held, out var value));
            return value.To<T>();
        }

        public Scalar ToScalar()
        {
            Native.Check(Native.item(Held, out var value));
            return new Scalar(value, dtype);
        }

        public T ReadCpuValue<T>(long i)
            where T : unmanaged => data<T>()[i];

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        private void ThrowUnless<T>()
        {
            var found = dtype;
            if (DtypeOf(typeof(T)) != found)
            {
                throw new ArgumentException($"A tensor of {found} does not hold {typeof(T).Name} values.");
            }
        }

        private static ScalarType? DtypeOf(Type type) =>
            Type.GetTypeCode(type) switch
            {
                TypeCode.Byte => ScalarType.Byte,
                TypeCode.SByte => ScalarType.Int8,
                TypeCode.Int16 => ScalarType.Int16,
                TypeCode.Int32 => ScalarType.Int32,
                TypeCode.Int64 => ScalarType.Int64,
                TypeCode.Single => ScalarType.Float32,
                TypeCode.Double => ScalarType.Float64,
                TypeCode.Boolean => ScalarType.Bool,
                _ => type == typeof(Half) ? ScalarType.Float16 : null,
            };

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        {
            Native.Check(Native.allclose(Held, target.Held, rtol, atol, Native.Int(equal_nan), out var same));
            return same != 0;
        }

        /// <summary>Whether shape and all elements are the same, as a tensor of one truth value.</summary>
        public Tensor equal(Tensor target)
        {
            Native.Check(Native.equal(Held, target.Held, out var same));
            return tensor(same != 0);
        }

        public bool is_nonzero() => ToScalar().ToDouble() != 0;

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            Native.Check(Native.copy_(Held, source.Held, Native.Int(nonBlocking)));
            return this;
        }
    }
}
