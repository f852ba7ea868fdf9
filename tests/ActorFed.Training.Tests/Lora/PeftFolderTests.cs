using System.Text.Json;
using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;

namespace ActorFed.Training.Tests.Lora;

/// <summary>Adapter folders as PEFT has them: keys, config, mixed ranks, and what is refused.</summary>
public sealed class PeftFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keys_and_config_are_those_of_peft()
    {
        PeftFolder.Write(_folder.Path, Adapter(), "Trained in a test.");
        var tensors = Safetensors.Decode(File.ReadAllBytes(_folder.At("adapter_model.safetensors")));
        Assert.Equal(
            [
                "base_model.model.classifier.bias",
                "base_model.model.classifier.weight",
                "base_model.model.layers.0.attention.q.lora_A.weight",
                "base_model.model.layers.0.attention.q.lora_B.weight",
                "base_model.model.layers.0.attention.v.lora_A.weight",
                "base_model.model.layers.0.attention.v.lora_B.weight",
                "base_model.model.pool.lora_A.weight",
                "base_model.model.pool.lora_B.weight",
            ],
            tensors.Keys
        );
        using var config = JsonDocument.Parse(File.ReadAllText(_folder.At("adapter_config.json")));
        var root = config.RootElement;
        Assert.Equal("LORA", root.GetProperty("peft_type").GetString());
        Assert.Equal("use-lite", root.GetProperty("base_model_name_or_path").GetString());
        Assert.Equal(2, root.GetProperty("r").GetInt32());
        Assert.Equal(4, root.GetProperty("lora_alpha").GetDouble());
        Assert.Equal("""{"pool":1}""", root.GetProperty("rank_pattern").GetRawText().Replace(" ", "").ReplaceLineEndings(""));
        Assert.Equal(3, root.GetProperty("alpha_pattern").GetProperty("pool").GetDouble());
        Assert.Equal("classifier", root.GetProperty("modules_to_save")[0].GetString());
        Assert.Equal(3, root.GetProperty("target_modules").GetArrayLength());
        var card = File.ReadAllText(_folder.At("README.md"));
        Assert.Contains("Trained in a test.", card);
        Assert.Contains("ranks: 1, 2", card);
    }

    [Fact]
    public void A_folder_comes_back_as_it_was()
    {
        var adapter = Adapter();
        PeftFolder.Write(_folder.Path, adapter, "");
        var back = PeftFolder.Read(_folder.Path);
        Assert.Equal(adapter.BaseModel, back.BaseModel);
        Assert.Equal(adapter.Labels.ToArray(), back.Labels.ToArray());
        Assert.Equal(adapter.Head.Encoded.ToArray(), back.Head.Encoded.ToArray());
        foreach (var (mine, other) in adapter.Pairs.Zip(back.Pairs))
        {
            Assert.Equal((mine.Map, mine.Rank, mine.Scale), (other.Map, other.Rank, other.Scale));
            Assert.Equal(mine.Merge().Bytes.ToArray(), other.Merge().Bytes.ToArray());
        }
    }

    [Fact]
    public void A_head_alone_is_an_adapter_too()
    {
        PeftFolder.Write(_folder.Path, Adapter() with { Pairs = [] }, "");
        var back = PeftFolder.Read(_folder.Path);
        Assert.Empty(back.Pairs);
        Assert.Equal(2, back.Head.Count);
    }

    [Theory]
    [InlineData("\"r\": 2", "\"r\": 3", "rank 3")]
    [InlineData("\"LORA\"", "\"IA3\"", "peft_type")]
    [InlineData("{", "", "adapter_config.json")]
    public void A_config_that_does_not_fit_is_refused(string was, string isNow, string why)
    {
        PeftFolder.Write(_folder.Path, Adapter(), "");
        var path = _folder.At("adapter_config.json");
        var text = File.ReadAllText(path);
        var at = text.IndexOf(was, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + isNow + text[(at + was.Length)..]); // fault: the config was edited
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => PeftFolder.Read(_folder.Path)).Message);
    }

    [Fact]
    public void A_folder_of_peft_itself_has_no_labels_and_damaged_ones_are_named()
    {
        PeftFolder.Write(_folder.Path, Adapter(), "");
        _folder.Write("labels.json", "[1,"); // fault: cut
        Assert.Contains("labels.json", Assert.Throws<InvalidDataException>(() => PeftFolder.Read(_folder.Path)).Message);
        File.Delete(_folder.At("labels.json"));
        Assert.Empty(PeftFolder.Read(_folder.Path).Labels);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Contains("adapter_config.json", Assert.Throws<FileNotFoundException>(() => PeftFolder.Read(_folder.Path)).Message);
    }

    private static PeftAdapter Adapter() =>
        new(
            "use-lite",
            [Pair("layers.0.attention.q", 2, 2), Pair("layers.0.attention.v", 2, 2), Pair("pool", 1, 3)],
            TensorSet.Of([
                new("head.weight", TensorValue.Of([1, 2, 3, 4, 5, 6], 2, 3)),
                new("head.bias", TensorValue.Of([7, 8], 2)),
            ]),
            ["ham", "spam"]
        );

    private static LoraPair Pair(string map, int rank, double scale) =>
        new(
            map,
            TensorValue.Of([.. Enumerable.Range(0, rank * 3).Select(i => (float)i)], rank, 3),
            TensorValue.Of([.. Enumerable.Range(0, rank * 4).Select(i => i - 2f)], 4, rank),
            scale
        );
}
