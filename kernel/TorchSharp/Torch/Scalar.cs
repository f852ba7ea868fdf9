using ActorFed.Kernel.Torch;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>One number with its type, as an argument of an operation. Holds nothing native.</summary>
public sealed class Scalar : IDisposable
{
    internal ScalarArg Value { get; }

    public ScalarType Type { get; }

    internal Scalar(ScalarArg value, ScalarType type) => (Value, Type) = (value, type);

    private static Scalar Whole(long value, ScalarType type) => new(new ScalarArg(0, value, 0), type);

    private static Scalar Real(double value, ScalarType type) => new(new ScalarArg(1, 0, value), type);

    public static implicit operator Scalar(byte value) => Whole(value, ScalarType.Byte);

    public static implicit operator Scalar(sbyte value) => Whole(value, ScalarType.Int8);

    public static implicit operator Scalar(short value) => Whole(value, ScalarType.Int16);

    public static implicit operator Scalar(int value) => Whole(value, ScalarType.Int32);

    public static implicit operator Scalar(long value) => Whole(value, ScalarType.Int64);

    public static implicit operator Scalar(float value) => Real(value, ScalarType.Float32);

    public static implicit operator Scalar(double value) => Real(value, ScalarType.Float64);

    public static implicit operator Scalar(bool value) => new(new ScalarArg(2, value ? 1 : 0, 0), ScalarType.Bool);

    public void Dispose() { }
}

public static class ScalarExtensionMethods
{
    public static Scalar ToScalar(this byte value) => value;

    public static Scalar ToScalar(this sbyte value) => value;

    public static Scalar ToScalar(this short value) => value;

    public static Scalar ToScalar(this int value) => value;

    public static Scalar ToScalar(this long value) => value;

    public static Scalar ToScalar(this float value) => value;

    public static Scalar ToScalar(this double value) => value;

    public static Scalar ToScalar(this bool value) => value;

    public static float ToSingle(this Scalar value) => (float)value.Value.Number;

    public static double ToDouble(this Scalar value) => value.Value.Number;

    public static int ToInt32(this Scalar value) => checked((int)value.ToInt64());

    public static long ToInt64(this Scalar value) => value.Value.Kind == 1 ? checked((long)value.Value.Real) : value.Value.Whole;

    public static byte ToByte(this Scalar value) => checked((byte)value.ToInt64());

    public static short ToInt16(this Scalar value) => checked((short)value.ToInt64());

    public static sbyte ToSByte(this Scalar value) => checked((sbyte)value.ToInt64());

    public static bool ToBoolean(this Scalar value) => value.Value.Number != 0;
}
