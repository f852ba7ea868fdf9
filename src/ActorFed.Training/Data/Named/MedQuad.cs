using System.Text.RegularExpressions;
using ActorFed.Training.Data.Files;

namespace ActorFed.Training.Data.Named;

/// <summary>
/// MedQuAD: which kind of question does an answer answer? The second scenario of the FDLoRA paper; a client is a source (nine of the NIH).
/// </summary>
/// <remarks>
/// The text is the answer alone, and without the question that many answers begin by repeating: the question names its kind. Kinds of
/// fewer than 200 answers are one class, "other"; the same answer twice counts once; no focus (disease, drug) is in two parts.
/// Source: Ben Abacha and Demner-Fushman 2019, "A question-entailment approach to question answering".
/// </remarks>
internal static partial class MedQuad
{
    /// <summary>Fewest answers of a class of its own.</summary>
    public const int LeastAnswers = 200;

    /// <summary>The class of all smaller ones.</summary>
    public const string Other = "other";

    private static readonly TableOptions Columns = new(["answer"], "qtype", Fields: ["source", "focus", "qid"]);

    public static Corpus Load(DatasetFolders folders, CorpusOptions options)
    {
        var rows = TableReader.Read(folders.InDataRoot("medquad", "medquad-with-answers.jsonl.gz"), Columns);
        var answers = rows.Select(r => r with { Text = WithoutQuestion(r.Text) }).Where(r => r.Text.Length > 0).ToList();
        var once = answers.DistinctBy(r => r.Text, StringComparer.Ordinal).ToList();
        var counts = once.CountBy(r => r.Label).ToDictionary(c => c.Key, c => c.Value);
        var documents = once.Select(r => r with { Label = counts[r.Label] < LeastAnswers ? Other : r.Label }).ToList();
        return CorpusBuilder.BuildByGroup("medquad", documents, d => d.Fields["focus"], options, answers.Count - once.Count);
    }

    /// <summary>The answer from behind the questions that it begins with.</summary>
    internal static string WithoutQuestion(string answer)
    {
        var text = answer.Trim();
        while (Question().Match(text) is { Success: true } question)
        {
            text = text[question.Length..].TrimStart();
        }

        return text;
    }

    // A sentence of questioning form, up to its question mark. "U.S." and "1.5" have a dot that ends nothing.
    [GeneratedRegex(
        @"^(?:what|how|who|whom|which|where|when|why|is|are|do|does|did|can|could|should|will)\b(?:[^.?!]|\.(?!\s)){1,300}\?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Question();
}
