using Akka.Configuration;
using FsCheck;
using FsCheck.Fluent;

namespace Akka.Tests.Configuration;

/// <summary>Any text parses or is refused with a <see cref="ConfigurationException"/>; what was written can be read again.</summary>
public sealed class HoconFuzzSpec
{
    private static readonly string[] Fragments =
    [
        "{",
        "}",
        "[",
        "]",
        "=",
        ":",
        "+=",
        ",",
        "\n",
        "\r\n",
        " ",
        ".",
        "\"",
        "\"\"\"",
        "${",
        "${?",
        "}",
        "a",
        "b",
        "a.b",
        "\"k\"",
        "1",
        "null",
        "#",
        "//",
        "include",
        "include \"x\"",
        "required(",
        "file(",
        ")",
        "\\",
        "\\u00e9",
        "\0",
        "\uFEFF",
        "\uD800",
        "é",
        "$",
        "+",
        "a = ${b}",
        "b = ${a}",
        "a { b = 1 }",
        "[1, 2]",
        "on",
        "10 s",
    ];

    private static readonly FsCheck.Config Seeded = FsCheck
        .Config.QuickThrowOnFailure.WithMaxTest(3_000)
        .WithReplay(20_260_101, 7);

    private static readonly Gen<string> Texts = Gen.Elements(Fragments).ListOf().Select(string.Concat);

    private static readonly Gen<string> AnyText = ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "");

    private static Akka.Configuration.Config? TryParse(string hocon)
    {
        try
        {
            return ConfigurationFactory.ParseString(hocon, _ => null!);
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    [Fact]
    public void Arbitrary_text_parses_or_is_refused_with_the_documented_exception() =>
        Prop.ForAll(AnyText.ToArbitrary(), text => TryParse("a = " + text) is null | TryParse(text) is null | true).Check(Seeded);

    [Fact]
    public void Fragments_of_the_grammar_parse_or_are_refused_and_what_parses_survives_a_round_trip()
    {
        var parsed = 0;
        Prop.ForAll(
                Texts.ToArbitrary(),
                text =>
                {
                    if (TryParse(text) is not { } config)
                        return true;
                    parsed++;
                    var written = config.ToString();
                    return written == ConfigurationFactory.ParseString(written).ToString();
                }
            )
            .Check(Seeded);
        Assert.InRange(parsed, 100, 3_000); // else the round trip was hardly tried
    }

    [Fact]
    public void Any_key_and_any_value_survive_a_round_trip() =>
        Prop.ForAll(
                AnyText.ToArbitrary(),
                AnyText.ToArbitrary(),
                (key, value) =>
                {
                    var config = ConfigurationFactory.FromObject(new Dictionary<string, object> { [key] = new[] { value } });
                    var again = ConfigurationFactory.ParseString(config.ToString());
                    var field = Assert.Single(again.AsEnumerable());
                    return field.Key == key && field.Value.GetArray()[0].GetString() == value;
                }
            )
            .Check(Seeded);
}
