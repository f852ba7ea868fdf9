using System.Collections.Immutable;

namespace ActorFed.Training.Data.Files;

/// <summary>Which columns of a jsonl, csv or tsv file mean what. The format follows from the file's ending; .gz may come after it.</summary>
/// <param name="Text">Columns that make up the text, joined by a line end; at least one.</param>
/// <param name="Label">The column of the label.</param>
/// <param name="Id">The column of the id; null (default) for the file's name and line.</param>
/// <param name="Fields">Columns kept beside the text, for a natural partition; default none.</param>
/// <param name="Quoted">Quotes in csv and tsv follow RFC 4180 (default); false: a quote is a character like any other.</param>
public sealed record TableOptions(
    ImmutableArray<string> Text,
    string Label,
    string? Id = null,
    ImmutableArray<string> Fields = default,
    bool Quoted = true
);
