using ActorFed.Training.Methods;
using ActorFed.Training.Settings;

namespace ActorFed.Training.Tests.Settings;

/// <summary>Settings as data: read by their own declarations, every bad one named at once.</summary>
public sealed class SettingValuesTests
{
    [Fact]
    public void Every_bad_setting_is_named_with_value_and_rule()
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["lora.rank"] = "0",
            ["train.rate"] = "fast",
            ["aggregation.weights"] = "votes",
            ["head.train"] = "maybe",
            ["lora.targets"] = " ",
            ["lora.rnak"] = "8",
        };
        var fault = Assert.Throws<SettingValuesException>(() => SettingValues.Read(MethodCatalog.Specs, given));
        Assert.Equal(
            [
                "lora.rnak: there is no such setting",
                "aggregation.weights: 'votes' is not one of uniform, samples",
                "head.train: 'maybe' is not on or off",
                "lora.rank: '0' is not a whole number from 1 to 512",
                "lora.targets: ' ' is not a list that is not empty",
                "train.rate: 'fast' is not a number from 0.00000001 to 100",
            ],
            fault.Errors.ToArray()
        );
    }

    [Fact]
    public void Every_declared_default_keeps_its_own_rule_and_every_key_is_declared_once()
    {
        Assert.All(MethodCatalog.Specs, s => Assert.NotNull(s.Parse(s.Default)));
        Assert.Equal(MethodCatalog.Specs.Length, MethodCatalog.Specs.Select(s => s.Key).Distinct().Count());
        Assert.All(MethodCatalog.Specs, s => Assert.EndsWith(".", s.Summary, StringComparison.Ordinal));
        Assert.Equal(MethodCatalog.Specs.Length, SettingValues.Defaults(MethodCatalog.Specs).Texts.Count);
    }

    [Fact]
    public void A_value_can_be_changed_and_read_by_its_kind()
    {
        var values = SettingValues.Defaults(MethodCatalog.Specs).With("lora.rank", "3").With("head.train", "off");
        Assert.Equal(3, values.Whole("lora.rank"));
        Assert.False(values.Flag("head.train"));
        Assert.Equal("uniform", values.Choice("aggregation.weights"));
        Assert.Equal(["layers.*.attention.{q,v}"], values.List("lora.targets").ToArray());
        Assert.Throws<SettingValuesException>(() => values.With("lora.rank", "-1"));
        Assert.Throws<KeyNotFoundException>(() => values.Whole("nothing"));
    }
}
