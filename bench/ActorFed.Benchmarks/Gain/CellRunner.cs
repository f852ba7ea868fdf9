using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ActorFed.Benchmarks.Gain;

/// <summary>What one cell gave.</summary>
/// <param name="Validation">Mean of the metric on the validation part over the rounds whose models are judged on the test part.</param>
/// <param name="Test">Metric of the final round's model on the whole test part.</param>
/// <param name="TestLast">Mean of the metric over the last rounds' models on the whole test part.</param>
internal sealed record Cell(double Validation, double Test, double TestLast);

/// <summary>Runs one cell as a user would, by the command line, and keeps its result.json.</summary>
internal sealed class CellRunner(GainOptions options)
{
    /// <summary>The cell's figures; from its file where it was run before.</summary>
    public Cell Run(string method, Rates rates, int seed)
    {
        string[] arguments = [.. Arguments(method, rates, seed), .. options.Common];
        var file = Path.Combine(options.Cells, $"{method}-{Name(arguments)}.json");
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(options.Cells);
            var json = Simulate(arguments);
            File.WriteAllText(file + ".part", json);
            File.Move(file + ".part", file);
        }

        return Read(file);
    }

    private static IEnumerable<string> Arguments(string method, Rates rates, int seed)
    {
        IEnumerable<string> arguments =
        [
            "--method",
            method,
            "--seed",
            Text(seed),
            "--set",
            $"actorfed.head.rate={Text(rates.Head)}",
        ];
        return rates.Adapter > 0 ? [.. arguments, "--set", $"actorfed.train.rate={Text(rates.Adapter)}"] : arguments;
    }

    private static string Name(string[] arguments) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', arguments))))[..16];

    private static string Simulate(string[] arguments)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"actorfed-gain-{Environment.ProcessId}-{Name(arguments)}");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all = [typeof(ActorFed.Host.ExitCode).Assembly.Location, "simulate", "--json", "--out", folder, .. arguments];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"simulate {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{errors.Result}"
            );
        }

        Directory.Delete(folder, recursive: true);
        return output;
    }

    private static Cell Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var root = document.RootElement;
        var rounds = root.GetProperty("rounds").EnumerateArray().ToArray();
        var final = root.GetProperty("final");
        var judged = final.TryGetProperty("lastRounds", out var models) ? models.GetProperty("models").GetInt32() : 1;
        var validation = rounds
            .Skip(rounds.Length - judged)
            .Where(r => r.TryGetProperty("metric", out var m) && m.ValueKind == JsonValueKind.Number)
            .Select(r => r.GetProperty("metric").GetDouble())
            .DefaultIfEmpty(double.NaN)
            .Average();
        var value = final.GetProperty("value").GetDouble();
        return new(
            validation,
            value,
            final.TryGetProperty("lastRounds", out var last) ? last.GetProperty("value").GetDouble() : value
        );
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
