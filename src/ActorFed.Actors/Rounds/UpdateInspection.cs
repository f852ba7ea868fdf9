using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Rounds;

/// <summary>Judges the tensors of one update against what was asked for. Pure.</summary>
public static class UpdateInspection
{
    /// <summary>The first rule that fails, or null.</summary>
    /// <param name="asked">What the client was given.</param>
    /// <param name="upload">What came back.</param>
    public static Refusal? Judge(Assignment asked, TensorSet upload)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(upload);
        var isAsked =
            upload.PayloadBytes <= asked.UploadBytes
            && upload.PayloadBytes >= (asked.LeastUploadBytes ?? asked.UploadBytes)
            && upload.All(t => Fits(asked, t.Key, t.Value));
        return !isAsked ? Refusal.ShapeMismatch
            : !upload.Values.All(IsFinite) ? Refusal.NotFinite
            : null;
    }

    // A method may send back what it did not send out; what it did send out keeps its shape, or shrinks where it was allowed to.
    private static bool Fits(Assignment asked, string name, TensorValue value) =>
        !asked.Download.TryGetValue(name, out var given)
        || (
            given.Type == value.Type
            && (
                asked.LeastUploadBytes is null
                    ? given.Shape.AsSpan().SequenceEqual(value.Shape.AsSpan())
                    : given.Shape.Length == value.Shape.Length && value.Shape.Zip(given.Shape).All(d => d.First <= d.Second)
            )
        );

    private static bool IsFinite(TensorValue value) =>
        value.Type switch
        {
            ElementType.F32 => TensorPrimitives.IsFiniteAll(value.Floats),
            ElementType.F64 => TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<byte, double>(value.Bytes.Span)),
            ElementType.F16 => !MemoryMarshal.Cast<byte, Half>(value.Bytes.Span).ContainsAnyNotFinite(),
            ElementType.BF16 => !MemoryMarshal.Cast<byte, ushort>(value.Bytes.Span).ContainsAllExponentBits(),
            _ => true,
        };

    private static bool ContainsAnyNotFinite(this ReadOnlySpan<Half> values)
    {
        foreach (var value in values)
        {
            if (!Half.IsFinite(value))
            {
                return true;
            }
        }

        return false;
    }

    // bfloat16: 8 bits of exponent behind the sign; all ones is infinity or NaN.
    private static bool ContainsAllExponentBits(this ReadOnlySpan<ushort> values)
    {
        foreach (var value in values)
        {
            if ((value & 0x7F80) == 0x7F80)
            {
                return true;
            }
        }

        return false;
    }
}
