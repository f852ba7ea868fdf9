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
            : !upload.Values.All(v => v.IsFinite) ? Refusal.NotFinite
            : null;
    }

    // A method may send back what it did not send out; what it did send out keeps its shape, or shrinks where it was allowed to.
    private static bool Fits(Assignment asked, string name, TensorValue value) =>
        !(asked.Start ?? asked.Download).TryGetValue(name, out var given)
        || (
            given.Type == value.Type
            && (
                asked.LeastUploadBytes is null
                    ? given.Shape.AsSpan().SequenceEqual(value.Shape.AsSpan())
                    : given.Shape.Length == value.Shape.Length && value.Shape.Zip(given.Shape).All(d => d.First <= d.Second)
            )
        );
}
