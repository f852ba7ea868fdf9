using System.Text.Json;
using ActorFed.Training.Tokenizers;

namespace ActorFed.Training.Tests.Tokenizers;

public sealed class UseLiteTokenizerTests
{
    // The shipped graph's own ids, computed once beside this project with the package's reference implementation.
    private static readonly (string Text, int[] Ids)[] Reference =
    [
        ("Hello, how are you?", [341, 4125, 8, 140, 31, 19, 54]),
        ("The cat sat on the mat.", [34, 1163, 3757, 25, 9, 688, 17, 6]),
        ("A kitten was resting on the rug.", [74, 7317, 33, 874, 23, 25, 9, 30, 4852, 6]),
        ("Stock markets fell sharply on Monday.", [6347, 4376, 3262, 5344, 56, 25, 1622, 6]),
        ("Shares dropped at the start of the week.", [3731, 112, 4050, 38, 9, 390, 14, 9, 475, 6]),
        ("My graphics card driver crashes in Windows.", [404, 4734, 7, 1305, 2710, 3228, 112, 15, 3612, 6]),
    ];

    [PackageFact(UseLiteTokenizer.Package)]
    public void The_six_reference_sentences_have_their_ids()
    {
        var tokenizer = UseLiteTokenizer.Load(Fixtures.Packages);
        Assert.Equal(8000, tokenizer.VocabularySize);
        foreach (var (text, ids) in Reference)
        {
            Assert.Equal(ids.AsEnumerable(), tokenizer.Encode(text));
        }
    }

    [DataRootFact("use-lite")]
    public void The_ids_in_the_test_are_those_of_the_reference_file()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Fixtures.DataRoot!, "use-lite", "reference.json")));
        var sentences = json.RootElement.GetProperty("sentences").EnumerateArray().Select(s => s.GetString()).ToArray();
        var ids = json
            .RootElement.GetProperty("ids")
            .EnumerateArray()
            .Select(l => l.EnumerateArray().Select(i => i.GetInt32()).ToArray());
        Assert.Equal(Reference.Select(r => r.Text), sentences);
        Assert.Equal(Reference.Select(r => r.Ids), ids);
    }

    [PackageFact(UseLiteTokenizer.Package)]
    public void White_space_of_any_kind_and_length_is_one_space()
    {
        var tokenizer = UseLiteTokenizer.Load(Fixtures.Packages);
        var plain = tokenizer.Encode("The cat sat on the mat.").AsEnumerable();
        Assert.Equal(plain, tokenizer.Encode("  The\tcat \n\n sat\u00a0on the\u3000mat.\r\n"));
        Assert.Empty(tokenizer.Encode(" \n\t "));
    }

    [PackageFact(UseLiteTokenizer.Package)]
    public void What_the_vocabulary_lacks_is_one_unknown_however_long()
    {
        var tokenizer = UseLiteTokenizer.Load(Fixtures.Packages);
        var one = tokenizer.Encode("a 中 b");
        Assert.Equal(one.AsEnumerable(), tokenizer.Encode("a 中文字😀 b"));
        Assert.Single(one, id => id == tokenizer.Unknown);
    }

    [PackageFact(UseLiteTokenizer.Package)]
    public void Truncation_keeps_the_first_ids()
    {
        var tokenizer = UseLiteTokenizer.Load(Fixtures.Packages);
        foreach (var (text, ids) in Reference)
        {
            for (var most = 1; most <= ids.Length; most++)
            {
                Assert.Equal(ids.Take(most), tokenizer.Encode(text, most));
            }
        }
    }

    [Fact]
    public void A_missing_package_says_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<TokenizerException>(() => UseLiteTokenizer.Load(folder.Path));
        Assert.True(error.IsMissing);
        Assert.Contains("vocab.json: not found", error.Message, StringComparison.Ordinal);
        Assert.Contains("doctor", error.Message, StringComparison.Ordinal);
    }
}
