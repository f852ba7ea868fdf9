using System.Globalization;
using System.Text;
using ActorFed.Host.Runs;
using ActorFed.Training.Data;
using ActorFed.Training.Evaluation;

namespace ActorFed.Host.Comparison;

/// <summary>What the final model of a cell says of each test document: predictions/ID.csv.</summary>
internal static class PredictionFile
{
    /// <summary>The file of a cell.</summary>
    public static string PathOf(string folder, string cell) => Path.Combine(folder, "predictions", $"{cell}.csv");

    /// <summary>Writes it: one line a document, in the order of the test part.</summary>
    public static void Write(string folder, IDisk disk, Cell cell, Corpus corpus, Predictions said)
    {
        var text = new StringBuilder("condition,method,seed,id,label,predicted,negative_log_likelihood\n");
        var head = $"{Csv.Field(cell.Condition.Name)},{Csv.Field(cell.Row.Name)},{cell.Seed}";
        for (var i = 0; i < said.Documents.Length; i++)
        {
            var document = corpus.Test[said.Documents[i]];
            text.Append(
                CultureInfo.InvariantCulture,
                $"{head},{Csv.Field(document.Id)},{Csv.Field(corpus.Labels[document.Label])},{Csv.Field(corpus.Labels[said.Classes[i]])},{said.Losses[i]:R}\n"
            );
        }

        disk.Write(PathOf(folder, cell.Id), Encoding.UTF8.GetBytes(text.ToString()));
    }
}
