using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActorFed.Training.Encoding;

namespace ActorFed.Training.Lora;

/// <summary>An adapter as Hugging Face PEFT has it: pairs of factors and the whole classification head.</summary>
/// <param name="BaseModel">base_model_name_or_path.</param>
/// <param name="Pairs">One a map; ranks and scales may differ (rank_pattern, alpha_pattern). Empty when only the head was trained.</param>
/// <param name="Head">head.weight and head.bias; empty for none.</param>
/// <param name="Labels">Names of the classes, in order; empty when unknown.</param>
public sealed record PeftAdapter(string BaseModel, IReadOnlyList<LoraPair> Pairs, TensorSet Head, ImmutableArray<string> Labels);

/// <summary>Writes and reads adapter folders: adapter_model.safetensors, adapter_config.json, README.md, and our own labels.json.</summary>
/// <remarks>
/// Keys: base_model.model.{map}.lora_A.weight [rank, in], .lora_B.weight [out, rank]; base_model.model.classifier.{weight,bias}, listed in
/// modules_to_save. r and lora_alpha are the most frequent; maps that differ are in rank_pattern and alpha_pattern. The config has keys that
/// PEFT documents and no others: older versions refuse a folder with a key that they do not know.
/// Source: peft docs, developer_guides/checkpoint.
/// </remarks>
public static class PeftFolder
{
    private const string Prefix = "base_model.model.";
    private const string Classifier = "classifier";
    private const string WeightsFile = "adapter_model.safetensors";
    private const string ConfigFile = "adapter_config.json";
    private const string LabelsFile = "labels.json";

    /// <summary>Writes the folder; files of the same names are replaced.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="adapter">What to write.</param>
    /// <param name="card">Text of README.md below its title; what was trained on what, and how well.</param>
    public static void Write(string folder, PeftAdapter adapter, string card)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, bytes) in Files(adapter, card))
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }

    /// <summary>The folder's files by name, for a caller that writes them in its own way.</summary>
    /// <param name="adapter">What to write.</param>
    /// <param name="card">Text of README.md below its title; what was trained on what, and how well.</param>
    public static IReadOnlyList<KeyValuePair<string, byte[]>> Files(PeftAdapter adapter, string card)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        return
        [
            new(WeightsFile, Safetensors.Encode(Tensors(adapter))),
            new(ConfigFile, System.Text.Encoding.UTF8.GetBytes(Config(adapter).ToJsonString(Readable) + "\n")),
            new("README.md", System.Text.Encoding.UTF8.GetBytes(Card(adapter, card))),
            new(LabelsFile, System.Text.Encoding.UTF8.GetBytes(JsonSerializer.Serialize(adapter.Labels, Readable) + "\n")),
        ];
    }

    /// <summary>Reads a folder that this or PEFT wrote.</summary>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">Names the file and what in it cannot be used.</exception>
    public static PeftAdapter Read(string folder)
    {
        var path = Path.Combine(folder, ConfigFile);
        var config = Parse(path);
        var tensors = Safetensors.Decode(File.ReadAllBytes(Path.Combine(folder, WeightsFile)));
        var maps = tensors
            .Keys.Where(k => k.EndsWith(".lora_A.weight", StringComparison.Ordinal))
            .Select(k => k[Prefix.Length..^14]);
        try
        {
            return new(
                config["base_model_name_or_path"]?.GetValue<string>() ?? "",
                [.. maps.Select(m => Pair(tensors, config, m))],
                TensorSet.Of(
                    tensors
                        .Where(t => t.Key.StartsWith($"{Prefix}{Classifier}.", StringComparison.Ordinal))
                        .Select(t => new KeyValuePair<string, TensorValue>(
                            TensorSet.HeadPrefix + t.Key[(Prefix.Length + Classifier.Length + 1)..],
                            t.Value
                        ))
                ),
                Labels(folder)
            );
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static JsonSerializerOptions Readable { get; } = new() { WriteIndented = true };

    private static TensorSet Tensors(PeftAdapter adapter) =>
        TensorSet.Of(
            adapter
                .Pairs.SelectMany(p =>
                    new KeyValuePair<string, TensorValue>[]
                    {
                        new($"{Prefix}{p.Map}.lora_A.weight", p.A),
                        new($"{Prefix}{p.Map}.lora_B.weight", p.B),
                    }
                )
                .Concat(
                    adapter.Head.Select(h => new KeyValuePair<string, TensorValue>(
                        $"{Prefix}{Classifier}.{h.Key[TensorSet.HeadPrefix.Length..]}",
                        h.Value
                    ))
                )
        );

    private static JsonObject Config(PeftAdapter adapter)
    {
        var rank = Commonest(adapter.Pairs.Select(p => p.Rank), 8);
        var alpha = Commonest(adapter.Pairs.Where(p => p.Rank == rank).Select(p => p.Scale * p.Rank), 8);
        return new()
        {
            ["peft_type"] = "LORA",
            ["task_type"] = "SEQ_CLS",
            ["base_model_name_or_path"] = adapter.BaseModel,
            ["revision"] = null,
            ["inference_mode"] = true,
            ["r"] = rank,
            ["lora_alpha"] = alpha,
            ["lora_dropout"] = 0.0,
            ["use_rslora"] = false,
            ["use_dora"] = false,
            ["bias"] = "none",
            ["fan_in_fan_out"] = false,
            ["init_lora_weights"] = true,
            ["target_modules"] = new JsonArray([.. adapter.Pairs.Select(p => JsonValue.Create(p.Map))]),
            ["rank_pattern"] = Pattern(adapter.Pairs.Where(p => p.Rank != rank), p => p.Rank),
            ["alpha_pattern"] = Pattern(adapter.Pairs.Where(p => p.Scale * p.Rank != alpha), p => p.Scale * p.Rank),
            ["modules_to_save"] = adapter.Head.Count > 0 ? new JsonArray(Classifier) : null,
        };
    }

    private static JsonObject Pattern<T>(IEnumerable<LoraPair> pairs, Func<LoraPair, T> value) =>
        new(pairs.Select(p => new KeyValuePair<string, JsonNode?>(p.Map, JsonValue.Create(value(p)))));

    private static T Commonest<T>(IEnumerable<T> values, T none)
        where T : notnull =>
        values.GroupBy(v => v).OrderByDescending(g => g.Count()).Select(g => g.Key).DefaultIfEmpty(none).First();

    private static LoraPair Pair(TensorSet tensors, JsonNode config, string map)
    {
        var pair = new LoraPair(map, tensors[$"{Prefix}{map}.lora_A.weight"], tensors[$"{Prefix}{map}.lora_B.weight"], 1);
        var rank = (config["rank_pattern"]?[map] ?? config["r"])?.GetValue<int>() ?? 0;
        var alpha = (config["alpha_pattern"]?[map] ?? config["lora_alpha"])?.GetValue<double>() ?? 0;
        if (
            pair.A.Shape.Length != 2
            || pair.B.Shape.Length != 2
            || pair.A.Shape[0] != rank
            || pair.B.Shape[1] != rank
            || rank < 1
        )
        {
            throw new InvalidOperationException($"{map} has the rank {rank} here, its factors are {pair.A} and {pair.B}.");
        }

        return pair with
        {
            Scale = config["use_rslora"]?.GetValue<bool>() == true ? alpha / Math.Sqrt(rank) : alpha / rank,
        };
    }

    // PEFT writes no such file: then the classes are not known.
    private static ImmutableArray<string> Labels(string folder)
    {
        var path = Path.Combine(folder, LabelsFile);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<ImmutableArray<string>>(File.ReadAllText(path)) : [];
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static JsonNode Parse(string path)
    {
        try
        {
            var config = JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
            return config?["peft_type"]?.GetValue<string>() == "LORA"
                ? config
                : throw new InvalidDataException($"{path}: peft_type is not LORA.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private static string Card(PeftAdapter adapter, string card)
    {
        var text = new StringBuilder();
        text.Append("---\nlibrary_name: peft\nbase_model: ").Append(adapter.BaseModel).Append("\n---\n\n# Adapter of ");
        text.Append(adapter.BaseModel).Append("\n\n").Append(card.TrimEnd()).Append("\n\n");
        text.Append($"- maps adapted: {adapter.Pairs.Count}, ranks: ");
        text.Append(string.Join(", ", adapter.Pairs.Select(p => p.Rank).Distinct().Order())).Append('\n');
        text.Append($"- numbers: {adapter.Pairs.Sum(p => p.A.Count + p.B.Count) + adapter.Head.Values.Sum(h => h.Count)}\n");
        if (!adapter.Labels.IsEmpty)
        {
            text.Append("- classes: ").Append(string.Join(", ", adapter.Labels)).Append('\n');
        }

        return text.ToString();
    }
}
