using System.Text.RegularExpressions;
using ActorFed.Training.Data.Files;
using ActorFed.Training.Data.Mail;

namespace ActorFed.Training.Data.Named;

/// <summary>20 Newsgroups, split by date: 11,314 and 7,532 posts. Text: the subject and the unquoted body, no other header.</summary>
internal static partial class TwentyNewsgroups
{
    public static Corpus Load(DatasetFolders folders, CorpusOptions options) =>
        CorpusBuilder.Build("20newsgroups", Read(folders, "train.jsonl.gz"), Read(folders, "test.jsonl.gz"), options);

    /// <summary>Drops quoted lines and the lines that announce them; they belong to other posts, often of the other part.</summary>
    internal static string TextOf(string post)
    {
        var mail = MailText.Parse(System.Text.Encoding.UTF8.GetBytes(post));
        var own = mail.Body.Split('\n').Where(line => !Quoted().IsMatch(line));
        return (mail with { Body = string.Join('\n', own) }).Text;
    }

    private static RawDocument[] Read(DatasetFolders folders, string file)
    {
        var path = folders.InDataRoot("20newsgroups", file);
        var posts = TableReader.Read(path, new TableOptions(["text"], "label", "id"));
        // A post sent to two groups has one number in both: only group and number together are unique.
        return [.. posts.Select(p => p with { Id = $"{p.Label}/{p.Id}", Text = TextOf(p.Text) })];
    }

    [GeneratedRegex(
        @"^\s*[A-Za-z]{0,3}[>|}]|^\s*:(\s|$)|^\s*In article|^\s*Quoted from|(writes in|writes|wrote|says|said):\s*$",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Quoted();
}
