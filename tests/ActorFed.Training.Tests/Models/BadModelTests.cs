using System.Security.Cryptography;
using ActorFed.Training.Encoding;
using ActorFed.Training.Models;

namespace ActorFed.Training.Tests.Models;

/// <summary>What is wrong with a base model is said by name, before a number of it is used.</summary>
public sealed class BadModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_package_names_the_file_and_set_up()
    {
        var fault = Assert.Throws<BaseModelException>(() => UseLite.Load(_folder.Path));
        Assert.Contains("model.json", fault.Message);
        Assert.Contains("set-up", fault.Message);
    }

    [Fact]
    public void A_truncated_shard_is_named()
    {
        var hashes = Fake(bytesOfTheLastShard: 8);
        File.WriteAllBytes(Path.Combine(_folder.Path, "dist", "shard2"), new byte[4]); // fault: the download was cut
        var fault = Assert.Throws<BaseModelException>(() => UseLite.Weights(_folder.Path, hashes));
        Assert.Contains("shard2", fault.Message);
        Assert.Contains("(4 bytes)", fault.Message);
    }

    [Fact]
    public void A_changed_shard_is_named()
    {
        var hashes = Fake(bytesOfTheLastShard: 8);
        File.WriteAllBytes(Path.Combine(_folder.Path, "dist", "shard2"), [1, 2, 3, 4, 5, 6, 7, 8]); // fault: other bytes
        Assert.Contains("shard2", Assert.Throws<BaseModelException>(() => UseLite.Weights(_folder.Path, hashes)).Message);
    }

    [Fact]
    public void Shards_of_another_length_than_the_list_are_refused()
    {
        var shorter = Fake(bytesOfTheLastShard: 4);
        Assert.Contains(
            "shards have 12",
            Assert.Throws<BaseModelException>(() => UseLite.Weights(_folder.Path, shorter)).Message
        );
        var longer = Fake(bytesOfTheLastShard: 12);
        Assert.Contains("shards have 20", Assert.Throws<BaseModelException>(() => UseLite.Weights(_folder.Path, longer)).Message);
    }

    [Fact]
    public void A_model_without_a_tensor_we_need_is_refused_by_its_name()
    {
        var hashes = Fake(bytesOfTheLastShard: 8);
        Assert.Contains(
            "module/Embeddings_en",
            Assert.Throws<BaseModelException>(() => UseLite.Weights(_folder.Path, hashes)).Message
        );
    }

    [Fact]
    public void An_encoder_refuses_missing_misshapen_and_unknown_tensors()
    {
        var weights = TinyEncoder.Weights(1, EncoderShape.Tiny);
        Refused(weights.Where(n => n != "pool.bias"), "pool.bias");
        Refused(weights.With("pool.bias", TensorValue.Zeros(5)), "pool.bias");
        Refused(weights.With("stranger", TensorValue.Zeros(5)), "stranger");

        static void Refused(TensorSet tensors, string name) =>
            Assert.Contains(
                name,
                Assert.Throws<InvalidDataException>(() => new SentenceEncoder("tiny", EncoderShape.Tiny, tensors)).Message
            );
    }

    [Fact]
    public void The_hash_tells_models_apart_and_knows_its_own()
    {
        using var one = TinyEncoder.Create(1);
        using var same = TinyEncoder.Create(1);
        using var other = TinyEncoder.Create(2);
        Assert.Equal(one.Hash, same.Hash);
        Assert.NotEqual(one.Hash, other.Hash);
    }

    [Theory]
    [InlineData(new[] { 1, 64 }, new[] { 2 }, 2, "token 64")]
    [InlineData(new[] { 1, -1 }, new[] { 2 }, 2, "token -1")]
    [InlineData(new[] { 1, 2 }, new[] { 3 }, 2, "3 tokens")]
    [InlineData(new[] { 1, 2 }, new[] { 0 }, 2, "0 tokens")]
    [InlineData(new[] { 1, 2 }, new[] { 2 }, 3, "2 ids")]
    [InlineData(new int[0], new int[0], 2, "0 rows")]
    public void A_batch_that_cannot_be_read_is_refused(int[] ids, int[] lengths, int width, string what)
    {
        using var model = TinyEncoder.Create(1);
        var fault = Assert.Throws<ArgumentException>(() => model.Embed(new(ids, lengths, width), ModelOverlay.None));
        Assert.Contains(what, fault.Message);
    }

    // Two shards of 8 and so many bytes; the list names one tensor of 4 numbers.
    private Dictionary<string, string> Fake(int bytesOfTheLastShard)
    {
        var dist = Directory.CreateDirectory(_folder.At("dist")).FullName;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["model.json"] =
                """{"weightsManifest":[{"paths":["shard1","shard2"],"weights":[{"name":"x","shape":[4],"dtype":"float32"}]}]}"""u8.ToArray(),
            ["shard1"] = new byte[8],
            ["shard2"] = new byte[bytesOfTheLastShard],
        };
        foreach (var (name, bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(dist, name), bytes);
        }

        return files.ToDictionary(f => f.Key, f => Convert.ToHexStringLower(SHA256.HashData(f.Value)), StringComparer.Ordinal);
    }
}
