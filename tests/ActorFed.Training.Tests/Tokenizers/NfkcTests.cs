using System.Security.Cryptography;
using System.Text;
using ActorFed.Training.Tokenizers.Unicode;

namespace ActorFed.Training.Tests.Tokenizers;

public sealed class NfkcTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("ﬁ ½ Ａ …\u00a0x", "fi 1⁄2 A ... x")]
    [InlineData("e\u0301", "é")]
    [InlineData("e\u0301\u0323", "ẹ\u0301")] // marks come into their order, then the dot below composes first
    [InlineData("\u1112\u1161\u11ab", "한")]
    [InlineData("\u0958", "\u0915\u093c")] // a composition exclusion stays apart
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    public void Text_comes_into_form_kc(string text, string expected) => Assert.Equal(expected, Nfkc.Normalize(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("a\ufffd", Nfkc.Normalize("a\ud83d"));

    [Fact]
    public void Every_character_agrees_with_an_independent_implementation()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var c = 0x80; c < 0x30000; c++)
        {
            if (Rune.IsValid(c))
            {
                var text = $"e{new Rune(c)}\u0323\u0301{new Rune(c)}\u1161";
                hash.AppendData(System.Text.Encoding.UTF8.GetBytes(Nfkc.Normalize(text)));
            }
        }
        // Python's unicodedata (Unicode 14) over the same texts.
        Assert.Equal(
            "2a0c3c5bf5b8f84fea609a7a568a55a32f235d915f607c0763e5f698f4f8e4e6",
            Convert.ToHexStringLower(hash.GetHashAndReset())
        );
    }
}
