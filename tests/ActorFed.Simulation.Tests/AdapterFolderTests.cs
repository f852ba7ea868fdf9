using System.Text.Json;
using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;

namespace ActorFed.Simulation.Tests;

/// <summary>The adapter folder of a real run, read by a program that knows only PEFT's documentation and shares no code with ours.</summary>
public sealed class AdapterFolderTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("fedit")]
    [InlineData("hetlora")]
    [InlineData("flora")]
    public async Task Another_reader_finds_every_factor_with_its_rank_and_scale_and_the_head(string method)
    {
        await _world.SimulateAsync("run", "--method", method);

        using var program = RealProgram.Command(
            _world.Folder,
            "node",
            Path.Combine(AppContext.BaseDirectory, "read-peft-folder.js"),
            _world.In("run/adapter")
        );
        var printed = await program.EndsAsync();

        Assert.True(program.Code == 0, program.Errors);
        var ours = PeftFolder.Read(_world.In("run/adapter"));
        using var theirs = JsonDocument.Parse(printed);
        var maps = theirs.RootElement.GetProperty("maps");
        Assert.Equal(ours.Pairs.Count, maps.EnumerateObject().Count());
        Assert.All(ours.Pairs, p => Same(p, maps.GetProperty(p.Map)));
        Assert.Equal(
            ["bias", "weight"],
            theirs.RootElement.GetProperty("head").EnumerateArray().Select(h => h.GetString()!.Split(' ')[0])
        );
    }

    private static void Same(LoraPair ours, JsonElement theirs)
    {
        Assert.Equal(ours.Rank, theirs.GetProperty("rank").GetInt32());
        Assert.Equal(ours.Scale, theirs.GetProperty("scale").GetDouble(), 1e-12);
        Assert.Equal(Sum(ours.A), theirs.GetProperty("a").GetDouble());
        Assert.Equal(Sum(ours.B), theirs.GetProperty("b").GetDouble());
    }

    // In order and in float64, as the other reader adds.
    private static double Sum(TensorValue value) => value.Floats.ToArray().Aggregate(0.0, (sum, v) => sum + v);
}
