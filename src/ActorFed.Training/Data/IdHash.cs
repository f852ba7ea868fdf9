using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ActorFed.Training.Data;

/// <summary>Where a document's id falls in [0, 1): the same for everybody, whatever seed, order or other documents there are.</summary>
public static class IdHash
{
    /// <summary>The first 8 bytes of SHA-256(purpose, 0, id), big-endian, as a fraction of 2^64.</summary>
    /// <param name="purpose">Keeps two splits of one corpus independent, e.g. "validation" and "test".</param>
    /// <param name="id">The document's id.</param>
    public static double Fraction(string purpose, string id) => (Value(purpose, id) >> 11) / (double)(1L << 53);

    /// <summary>The hash itself: an order of documents that no seed changes.</summary>
    public static ulong Value(string purpose, string id)
    {
        var digest = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{purpose}\0{id}"));
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
