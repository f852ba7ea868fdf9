using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorFed.Architecture.Tests.Sources;

public sealed partial class DecisionTests
{
    [Fact]
    public void Decisions_are_numbered_without_a_gap_and_say_their_number_in_the_title()
    {
        var pages = Repository.Files("docs/decisions", ".md");
        Assert.NotEmpty(pages);
        foreach (var (page, number) in pages.Select((page, index) => (page, index + 1)))
        {
            var name = Path.GetFileName(page);
            Assert.Matches(FileName(), name);
            Assert.StartsWith(number.ToString("0000", CultureInfo.InvariantCulture), name, StringComparison.Ordinal);
            Assert.StartsWith($"# {number}. ", File.ReadLines(page).First(), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^\d{4}-[a-z0-9-]+\.md$")]
    private static partial Regex FileName();
}
