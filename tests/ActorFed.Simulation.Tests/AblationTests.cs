namespace ActorFed.Simulation.Tests;

/// <summary>The committed comparisons of hocon/compare: each is a command that can be run, here on the tiny world.</summary>
public sealed class AblationTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.rsp").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "ActorFed.sln")))
            {
                folder = folder.Parent;
            }

            return Path.Combine(folder.FullName, "hocon", "compare");
        }
    }

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_row_and_searched_value_of_it_is_known(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, file));
        // The tiny model's maps are eight wide: HomLoRA's and the gate's high ranks and four orthonormal heads of rank 3 have no room in them.
        var small = text.Replace("=64;", "=8;").Replace("=16;", "=6;").Replace("--gate-ranks 1,16", "--gate-ranks 1,4");
        await File.WriteAllTextAsync(_world.In(file), small);

        var (code, _, error) = await CompareAsync(file, "--plan", "--set", "actorfed.ravan.rank=2");

        Assert.True(code == 0, error);
        var rows = Rows(text.Split('\n')).ToList();
        Assert.True(rows.Count > 1);
        Assert.All(rows, r => Assert.Contains(r, error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_gate_runs_to_its_verdict()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, "gate.rsp"));
        await File.WriteAllTextAsync(_world.In("gate.rsp"), text.Replace("1,16", "1,4"));

        var (code, _, error) = await CompareAsync("gate.rsp", "--rounds", "1");

        Assert.True(code == 0, error);
        Assert.Contains(
            "separate methods |",
            await File.ReadAllTextAsync(_world.In("compared/gate.md")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task One_of_them_runs_to_its_table()
    {
        File.Copy(Path.Combine(Folder, "ravan-scales.rsp"), _world.In("ravan-scales.rsp"));

        var (code, _, error) = await CompareAsync("ravan-scales.rsp", "--rounds", "1");

        Assert.True(code == 0, error);
        var table = await File.ReadAllTextAsync(_world.In("compared/compare.md"));
        Assert.Contains("| trained |", table, StringComparison.Ordinal);
        Assert.Contains("| fixed |", table, StringComparison.Ordinal);
        Assert.Contains("| numbers |", table, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Rows(string[] lines)
    {
        var variants = lines
            .Where(l => l.StartsWith("--variant", StringComparison.Ordinal))
            .Select(l => l.Split('"')[1].Split('=')[0]);
        var methods = lines.Where(l => l.StartsWith("--methods ", StringComparison.Ordinal)).SelectMany(l => l[10..].Split(','));
        return [.. variants, .. methods, .. lines.Contains("--gate") ? ["head-only", "all-maps, rank 4"] : Array.Empty<string>()];
    }

    private Task<(int Code, string Out, string Error)> CompareAsync(string file, params string[] more) =>
        _world.RunAsync([
            "compare",
            $"@{_world.In(file)}",
            "--config",
            _world.In("tiny.conf"),
            "--out",
            _world.In("compared"),
            .. more,
        ]);
}
