using System.Collections.Immutable;

namespace ActorFed.Training.Data;

/// <summary>One labelled text of a corpus.</summary>
/// <param name="Id">Unique in its corpus; decides the part (validation, test) it belongs to.</param>
/// <param name="Text">What a model may see. May be empty: then a tokenizer gives the unknown token alone.</param>
/// <param name="Label">Index into <see cref="Corpus.Labels"/>.</param>
/// <param name="Fields">Further values of the row, never shown to a model; a natural partition groups by one of them.</param>
public sealed record Document(string Id, string Text, int Label, ImmutableSortedDictionary<string, string> Fields)
{
    /// <summary>
    /// The field of what a document is a part of, where it is one: a word of a line. Documents of one value of it are right together or not.
    /// </summary>
    public const string WholeField = "whole";

    /// <summary>No further values.</summary>
    public static ImmutableSortedDictionary<string, string> NoFields { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>A text whose label is still a name, and the place it was read from.</summary>
/// <param name="Id">Unique in its file.</param>
/// <param name="Text">What a model may see.</param>
/// <param name="Label">The label's name.</param>
/// <param name="Fields">Further values of the row.</param>
/// <param name="Path">The file it came from.</param>
/// <param name="Line">Its first line there, from 1; 0 where a file is one document.</param>
public sealed record RawDocument(
    string Id,
    string Text,
    string Label,
    ImmutableSortedDictionary<string, string> Fields,
    string Path,
    int Line
);
