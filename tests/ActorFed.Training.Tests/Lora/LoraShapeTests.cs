using ActorFed.Training.Lora;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Lora;

/// <summary>Which maps are adapted, and how they begin.</summary>
public sealed class LoraShapeTests
{
    [Theory]
    [InlineData(
        "layers.*.attention.{q,v}",
        "layers.0.attention.q layers.0.attention.v layers.1.attention.q layers.1.attention.v"
    )]
    [InlineData("layers.1.attention.?", "layers.1.attention.q layers.1.attention.k layers.1.attention.v")]
    [InlineData("pool", "pool")]
    [InlineData("*", "pool")]
    [InlineData(
        "layers.0.** pool",
        "layers.0.attention.q layers.0.attention.k layers.0.attention.v layers.0.attention.out layers.0.residual layers.0.ffn.up layers.0.ffn.down pool"
    )]
    public void Patterns_choose_maps_by_name(string patterns, string expected) =>
        Assert.Equal(expected.Split(' '), MapPatterns.Select(EncoderShape.UseLite.Maps, patterns.Split(' ')).Select(m => m.Name));

    [Theory]
    [InlineData("layers.*.attention.z", "names no linear map; there are: layers.0.attention.q")]
    [InlineData("layers.{0,1", "braces")]
    public void A_pattern_that_chooses_nothing_is_refused(string pattern, string why) =>
        Assert.Contains(
            why,
            Assert.Throws<ArgumentException>(() => MapPatterns.Select(EncoderShape.UseLite.Maps, [pattern])).Message
        );

    [Fact]
    public void Every_map_of_use_lite_has_its_shape()
    {
        var maps = EncoderShape.UseLite.Maps;
        Assert.Equal(14, maps.Length);
        Assert.Contains(new LinearMap("layers.0.residual", 256, 512), maps);
        Assert.Contains(new LinearMap("layers.0.attention.k", 256, 256), maps);
        Assert.Contains(new LinearMap("layers.1.ffn.up", 512, 1536), maps);
        Assert.Equal(maps.Length, maps.Select(m => m.Name).Distinct().Count());
    }

    [Fact]
    public void A_begins_by_the_seed_within_its_bound_and_B_at_zero()
    {
        var shape = LoraShape.Of(EncoderShape.UseLite.Maps, Toys.Settings());
        var start = shape.Initialise(7);
        var a = start["layers.0.attention.q.lora_A"].Floats.ToArray();
        Assert.All(a, v => Assert.InRange(v, -1 / 16f, 1 / 16f));
        Assert.True(a.Max() > 0.055 && a.Min() < -0.055);
        Assert.All(start["layers.0.attention.q.lora_B"].Floats.ToArray(), v => Assert.Equal(0, v));
        Assert.NotEqual(a, start["layers.0.attention.v.lora_A"].Floats.ToArray());
        Assert.Equal(start.Encoded.ToArray(), shape.Initialise(7).Encoded.ToArray());
        Assert.NotEqual(start.Encoded.ToArray(), shape.Initialise(8).Encoded.ToArray());
        Assert.Equal(shape.Parameters, start.Values.Sum(v => v.Count));
    }

    [Fact]
    public void A_normal_start_has_its_deviation()
    {
        var shape = LoraShape.Of(
            EncoderShape.UseLite.Maps,
            Toys.Settings(("lora.init", "normal"), ("lora.sigma", "0.1"), ("lora.rank", "64"))
        );
        var a = shape.Initialise(7)["layers.1.attention.q.lora_A"].Floats.ToArray();
        Assert.Equal(0.1, Math.Sqrt(a.Average(v => (double)v * v)), 0.002);
        Assert.Equal(0, a.Average(), 0.002);
    }

    [Fact]
    public void A_rank_beyond_a_map_is_refused_by_its_name()
    {
        var fault = Assert.Throws<ArgumentException>(() =>
            LoraShape.Of(EncoderShape.Tiny.Maps, Toys.Settings(("lora.rank", "9")))
        );
        Assert.Contains("9 exceeds", fault.Message);
        Assert.Contains("layers.0.attention.q [8, 8]", fault.Message);
    }

    [Fact]
    public void An_unknown_method_is_refused_with_those_there_are()
    {
        var context = new MethodContext(1, EncoderShape.Tiny.Maps, 12, 3, Toys.Settings());
        var fault = Assert.Throws<ArgumentException>(() => MethodCatalog.Create("fedavg", context));
        Assert.All(MethodCatalog.All, m => Assert.Contains(m.Name, fault.Message));
    }
}
