using System.Text.Json;
using ActorFed.Host.Audit;
using ActorFed.Host.Tests.Security;

namespace ActorFed.Host.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _troubles = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_line_is_one_object_with_its_time_whatever_others_call_themselves()
    {
        using (var log = Open("run/audit.jsonl"))
        {
            log.Write("node-refused", ("node", "a\n{\"what\":\"node-joined\"}"), ("clients", 3), ("certificate", null)); // fault: a name that would be a line
            log.Write("node-left");
        }

        var lines = Lines("run/audit.jsonl");
        Assert.Equal(["node-refused", "node-left"], lines.Select(l => l.GetProperty("what").GetString()));
        Assert.Equal("a\n{\"what\":\"node-joined\"}", lines[0].GetProperty("node").GetString());
        Assert.Equal(3, lines[0].GetProperty("clients").GetInt32());
        Assert.Equal(SetClock.Start, lines[0].GetProperty("time").GetDateTimeOffset());
        Assert.Empty(_troubles);
    }

    [Fact]
    public void A_run_that_goes_on_appends_and_half_a_line_of_a_killed_one_spoils_no_other()
    {
        _folder.Write("audit.jsonl", "{\"what\":\"first\"}\n{\"what\":\"cut o"); // fault: killed in mid-write
        using (var log = Open("audit.jsonl"))
        {
            log.Write("second");
        }

        var text = File.ReadAllLines(_folder.At("audit.jsonl"));
        Assert.Equal(["{\"what\":\"first\"}", "{\"what\":\"cut o"], text[..2]);
        Assert.Equal("second", JsonDocument.Parse(text[2]).RootElement.GetProperty("what").GetString());
    }

    [Fact]
    public void Lines_that_could_not_be_written_are_counted_and_said_once()
    {
        Directory.CreateDirectory(_folder.At("audit.jsonl")); // fault: no file can be made there
        using var log = Open("audit.jsonl");
        log.Write("lost");
        log.Write("lost too");
        Assert.StartsWith(
            $"{_folder.At("audit.jsonl")}: the audit log cannot be written",
            Assert.Single(_troubles),
            StringComparison.Ordinal
        );

        Directory.Delete(_folder.At("audit.jsonl"));
        log.Write("there again");
        var lines = Lines("audit.jsonl");
        Assert.Equal(["lines-lost", "there again"], lines.Select(l => l.GetProperty("what").GetString()));
        Assert.Equal(2, lines[0].GetProperty("count").GetInt32());
    }

    private AuditLog Open(string name) => new(_folder.At(name), new SetClock(SetClock.Start), _troubles.Add);

    private List<JsonElement> Lines(string name)
    {
        using var file = new FileStream(_folder.At(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var text = new StreamReader(file);
        return
        [
            .. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement),
        ];
    }
}
