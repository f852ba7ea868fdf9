using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace ActorFed.Training.Data;

/// <summary>A labelled corpus in its three parts. Every document is in exactly one of them.</summary>
/// <param name="Name">The name settings and results call it by.</param>
/// <param name="Labels">The classes in ordinal order; a document's label is an index into them.</param>
/// <param name="Train">What the clients share out among themselves.</param>
/// <param name="Validation">What settings may be chosen by; taken from the training documents before they are partitioned.</param>
/// <param name="Test">Read once, at the end.</param>
/// <param name="NearDuplicatesRemoved">Documents dropped as near copies of another before the split; 0 where that is not done.</param>
public sealed record Corpus(
    string Name,
    ImmutableArray<string> Labels,
    ImmutableArray<Document> Train,
    ImmutableArray<Document> Validation,
    ImmutableArray<Document> Test,
    int NearDuplicatesRemoved = 0
)
{
    /// <summary>SHA-256 (hex) of all that training and evaluation can see: a run that is resumed must find the same.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Name);
        Add(hash, Labels.Length);
        foreach (var label in Labels)
        {
            Add(hash, label);
        }
        foreach (var part in (ReadOnlySpan<ImmutableArray<Document>>)[Train, Validation, Test])
        {
            Add(hash, part);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, ImmutableArray<Document> part)
    {
        Add(hash, part.Length);
        foreach (var document in part)
        {
            Add(hash, document.Id);
            Add(hash, document.Text);
            Add(hash, document.Label);
            Add(hash, document.Fields.Count);
            foreach (var (name, value) in document.Fields)
            {
                Add(hash, name);
                Add(hash, value);
            }
        }
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
