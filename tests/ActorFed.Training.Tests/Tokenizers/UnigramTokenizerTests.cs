using ActorFed.Training.Data;
using ActorFed.Training.Tokenizers;
using FsCheck;
using FsCheck.Fluent;

namespace ActorFed.Training.Tests.Tokenizers;

public sealed class UnigramTokenizerTests
{
    // ids: 6 "▁", 7 "a", 8 "b", 9 "ab", 10 "▁ab", 11 "aba", 12 ":" (null), 13 "b" again but likelier
    private const string Small =
        """[["?",0],["<s>",0],["</s>",0],["x1",0],["x2",0],["x3",0],["▁",-3],["a",-2],["b",-2.5],["ab",-3.5],["▁ab",-9],["aba",-20],[":",null],["b",-2.25]]""";

    [Fact]
    public void The_likeliest_cutting_wins_and_of_two_equal_pieces_the_likelier()
    {
        var tokenizer = Tokenizer(Small);
        // ▁ ab = -6.5 beats ▁ a b = -7.25 and ▁ab = -9; then a (-2) : (0).
        Assert.Equal([6, 9, 7, 12], tokenizer.Encode("aba:"));
        Assert.Equal([6, 13], tokenizer.Encode("b"));
    }

    [Fact]
    public void Viterbi_gives_the_score_of_the_best_of_all_cuttings() =>
        Prop.ForAll(Gen.Elements('a', 'b', ':').ArrayOf().Resize(10).Select(c => new string(c)).ToArbitrary(), BestOfAll)
            .Check(Config.QuickThrowOnFailure.WithReplay(2026, 79));

    private static bool BestOfAll(string word)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["▁"] = -3,
            ["a"] = -2,
            ["b"] = -2.25,
            ["ab"] = -3.5,
            ["▁ab"] = -9,
            ["aba"] = -20,
            [":"] = 0,
        };
        var byId = new Dictionary<int, string>
        {
            [6] = "▁",
            [7] = "a",
            [9] = "ab",
            [10] = "▁ab",
            [11] = "aba",
            [12] = ":",
            [13] = "b",
        };
        var ids = Tokenizer(Small).Encode(word);
        if (word.Length == 0)
        {
            return ids.Length == 0;
        }
        return string.Equals(string.Concat(ids.Select(i => byId[i])), "▁" + word, StringComparison.Ordinal)
            && Math.Abs(ids.Sum(i => scores[byId[i]]) - Best("▁" + word)) < 1e-9;

        double Best(string rest) =>
            rest.Length == 0
                ? 0
                : scores
                    .Where(p => rest.StartsWith(p.Key, StringComparison.Ordinal))
                    .Max(p => p.Value + Best(rest[p.Key.Length..]));
    }

    [Theory]
    [InlineData("[]", "more than 6 entries")]
    [InlineData("{}", "more than 6 entries")]
    [InlineData("[[\"a\",0]", "not valid JSON")]
    [InlineData("""[0,0,0,0,0,0,["a",-1],["b"]]""", "entry 7 is [\"b\"]")]
    [InlineData("""[0,0,0,0,0,0,["a","x"]]""", "entry 6")]
    [InlineData("""[0,0,0,0,0,0,["",-1]]""", "not empty")]
    [InlineData("""[0,0,0,0,0,0,["a▁b",-1]]""", "within one word")]
    public void A_bad_vocabulary_is_refused_by_entry(string json, string expected)
    {
        var error = Assert.Throws<TokenizerException>(() => Tokenizer(json));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("vocab.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_of_ids_gives_back_every_document_and_never_an_empty_one()
    {
        Document[] documents =
        [
            new("1", "aba:", 0, Document.NoFields),
            new("2", "", 2, Document.NoFields),
            new("3", "b b b b", 1, Document.NoFields),
        ];
        var corpus = TokenizedCorpus.Create(documents, classes: 3, Tokenizer(Small), maxTokens: 5);
        Assert.Equal(3, corpus.Count);
        Assert.Equal([6, 9, 7, 12], corpus[0].ToArray());
        Assert.Equal([0], corpus[1].ToArray());
        Assert.Equal([6, 13, 6, 13, 6], corpus[2].ToArray());
        Assert.Equal([0, 2, 1], corpus.Labels.ToArray());
        Assert.Equal(10, corpus.TokenCount);

        var (ids, lengths, width) = corpus.Batch([1, 2], padding: 99);
        Assert.Equal(5, width);
        Assert.Equal([1, 5], lengths.AsEnumerable());
        Assert.Equal([0, 99, 99, 99, 99, 6, 13, 6, 13, 6], ids.AsEnumerable());
    }

    [Fact]
    public void A_corpus_of_ids_refuses_what_cannot_be()
    {
        Document[] documents = [new("1", "a", 3, Document.NoFields)];
        var tokenizer = Tokenizer(Small);
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenizedCorpus.Create(documents, classes: 3, tokenizer, maxTokens: 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenizedCorpus.Create(documents, classes: 4, tokenizer, maxTokens: 0));
        Assert.Throws<ArgumentException>(() => TokenizedCorpus.Create(documents, classes: 4, tokenizer, maxTokens: 1).Batch([]));
    }

    private static UnigramTokenizer Tokenizer(string vocabulary)
    {
        using var folder = new TemporaryFolder();
        return new UnigramTokenizer(UnigramVocabulary.Load(folder.Write("vocab.json", vocabulary)));
    }
}
