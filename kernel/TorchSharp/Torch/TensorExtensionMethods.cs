using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

public static class TensorExtensionMethods
{
    public static Parameter AsParameter(this Tensor tensor) => new(tensor);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (a, b) => checked(a * b));

    public static float ToSingle(this Tensor value) => One(value).ToSingle();

    public static double ToDouble(this Tensor value) => One(value).ToDouble();

    public static int ToInt32(this Tensor value) => One(value).ToInt32();

    public static long ToInt64(this Tensor value) => One(value).ToInt64();

    public static short ToInt16(this Tensor value) => One(value).ToInt16();

    public static byte ToByte(this Tensor value) => One(value).ToByte();

    public static sbyte ToSByte(this Tensor value) => One(value).ToSByte();

    public static bool ToBoolean(this Tensor value) => One(value).ToBoolean();

    private static Scalar One(Tensor value) => value.ToScalar();
}
