using System.Text.Json;
using ActorFed.Training.Data;
using ActorFed.Training.Data.Named;

namespace ActorFed.Training.Tests.Data;

/// <summary>Medical answers by kind of question: on a small file made here, and on MedQuAD where it is at hand.</summary>
public sealed class MedQuadTests
{
    [Theory]
    [InlineData("What are the symptoms of Gout? Pain and swelling.", "Pain and swelling.")]
    [InlineData("How is it treated?  Is it curable? With rest.", "With rest.")]
    [InlineData("What is Type 1.5 diabetes in the U.S.A? A form of it.", "A form of it.")]
    [InlineData("What we know is little. Is it rare? Yes.", "What we know is little. Is it rare? Yes.")] // it does not begin with a question
    [InlineData("Gout hurts. Why? Nobody knows.", "Gout hurts. Why? Nobody knows.")]
    [InlineData("What causes it?", "")]
    public void An_answer_begins_behind_the_question_that_it_repeats(string answer, string expected) =>
        Assert.Equal(expected, MedQuad.WithoutQuestion(answer));

    [Fact]
    public void Small_kinds_are_one_class_copies_count_once_and_no_focus_is_in_two_parts()
    {
        using var root = new TemporaryFolder();
        var rows = Enumerable
            .Range(0, 900)
            .Select(i =>
                Row(
                    i,
                    i % 9 == 8 ? "stages"
                        : i % 2 == 0 ? "treatment"
                        : "symptoms",
                    $"focus {i % 60}",
                    $"answer {i}"
                )
            )
            .Append(Row(900, "treatment", "focus 0", "answer 0")) // fault: an answer twice
            .Append(Row(901, "treatment", "focus 0", "What is it?")); // fault: nothing but its question
        root.Write("medquad/medquad-with-answers.jsonl.gz", Packed.Gzip(string.Join('\n', rows)));

        var corpus = NamedDatasets.Load("medquad", new(root.Path, null), new CorpusOptions());

        Assert.Equal([MedQuad.Other, "symptoms", "treatment"], corpus.Labels.AsEnumerable()); // 100 of stages are too few
        Assert.Equal(900, Everything(corpus).Count());
        Assert.Equal(1, corpus.NearDuplicatesRemoved);
        Assert.All(Everything(corpus), d => Assert.StartsWith("answer", d.Text, StringComparison.Ordinal));
        Apart(corpus);
    }

    [DataRootFact("medquad")]
    public void Nine_sources_and_the_question_nowhere_in_front()
    {
        var corpus = NamedDatasets.Load("medquad", new(Fixtures.DataRoot, null), new CorpusOptions());

        Assert.Equal(9, corpus.Train.Select(d => d.Fields["source"]).Distinct().Count());
        Assert.InRange(corpus.Labels.Length, 12, 15);
        Assert.Contains(MedQuad.Other, corpus.Labels);
        Assert.True(Everything(corpus).Count() > 15_000);
        Assert.All(
            corpus.Train.Concat(corpus.Validation).CountBy(d => d.Label).Where(c => corpus.Labels[c.Key] != MedQuad.Other),
            c => Assert.True(c.Value > 100)
        );
        Assert.InRange(
            Everything(corpus)
                .Count(d =>
                    d.Text.StartsWith("What ", StringComparison.Ordinal) && d.Text[..Math.Min(120, d.Text.Length)].Contains('?')
                ),
            0,
            30
        );
        Apart(corpus);
    }

    private static void Apart(Corpus corpus)
    {
        var parts = new[] { corpus.Train, corpus.Validation, corpus.Test }
            .Select(p => p.Select(d => d.Fields["focus"]).ToHashSet())
            .ToArray();
        Assert.All(parts, p => Assert.NotEmpty(p));
        Assert.Empty(parts[0].Intersect(parts[1]).Concat(parts[0].Intersect(parts[2])).Concat(parts[1].Intersect(parts[2])));
    }

    private static string Row(int i, string type, string focus, string answer) =>
        JsonSerializer.Serialize(
            new
            {
                source = $"S{i % 3}",
                doc = "1",
                qid = $"q{i}",
                qtype = type,
                focus,
                url = "",
                question = "?",
                answer,
            }
        );

    private static IEnumerable<Document> Everything(Corpus corpus) => corpus.Train.Concat(corpus.Validation).Concat(corpus.Test);
}
