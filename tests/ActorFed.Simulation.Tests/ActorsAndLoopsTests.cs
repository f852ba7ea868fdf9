using ActorFed.Actors.Devices;
using ActorFed.Host;
using ActorFed.Host.Results;
using ActorFed.Host.Settings;
using ActorFed.Host.Simulation;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;

namespace ActorFed.Simulation.Tests;

/// <summary>
/// A run of the actors against the same rounds in plain loops: for every method, whatever the actors did in between (order, threads,
/// files, a client that fails), the result is a pure function of the settings and of who counted in which round.
/// </summary>
public sealed class ActorsAndLoopsTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public static TheoryData<string> Methods => [.. MethodCatalog.All.Select(m => m.Name)];

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_client_that_fails_takes_nothing_but_its_own_update_away_and_bytes_are_those_of_the_tensors(string method)
    {
        File.AppendAllText(
            _world.In("tiny.conf"),
            $"\nactorfed {{ run.method = {method}, lora.rank = 4, round {{ per-round = 5, quorum = 2 }}, simulate.workers = 2 }}\n"
        );
        var failing = new RoundId(method == "head-ridge" ? 1 : 2);
        ClientId? victim = null;

        // fault: one client of that round has trained, and its numbers are lost
        var code = await _world.RunOnAsync(
            "run",
            device: d => new FailingDevice(d, w => w.Round == failing && w.Client == (victim ??= w.Client))
        );

        Assert.Equal(ExitCode.Done, code);
        var result = ResultJson.Read(_world.In("run/result.json"));
        var round = result.Rounds[failing.Number - 1];
        Assert.Equal([new RefusedResult(victim!.Value.Value, "not-finite")], round.Refused);
        Assert.DoesNotContain(victim.Value.Value, round.Contributors);
        await _world.InWorldAsync(world => Task.FromResult(Same(result, world)));
    }

    private ExitCode Same(RunResult result, World world)
    {
        var settings = SettingsLoader.Load(SettingOverrides.FromFile(_world.In("run/settings.conf")), world.Folder);
        using var run = Preparation.Make(settings, world.Npm, world.Folder, _ => { }, CancellationToken.None);
        var personal = new Dictionary<ClientId, TensorSet>();
        var state = run.Method.Initialise();
        foreach (var round in result.Rounds)
        {
            var id = new RoundId(round.Round);
            var clients = round.Contributors.Select(c => new ClientId(c)).ToList();
            var given = clients.ConvertAll(c => run.Method.Assign(state, run.Profiles.Single(p => p.Client == c), id));
            var got = clients
                .Zip(given, (c, a) => run.Trainer.Train(new(c, id, 0, a.Download, a.Plan, personal.GetValueOrDefault(c))))
                .ToList();
            if (round.Refused.Count + round.Late.Count + round.Absent.Count == 0)
            {
                Bytes(given.ConvertAll(a => a.Download), round.Bytes.PayloadDown, round.Bytes.HeadDown, round.Bytes.MetadataDown);
                Bytes(got.ConvertAll(g => g.Upload), round.Bytes.PayloadUp, round.Bytes.HeadUp, round.Bytes.MetadataUp);
            }

            state = run.Method.Aggregate(state, id, [.. clients.Zip(got, (c, g) => new Contribution(c, g.Upload, g.Examples))]);
            foreach (var (client, kept) in clients.Zip(got, (c, g) => (c, g.Personal)))
            {
                Keep(personal, client, kept);
            }
        }

        Assert.Equal(result.AdapterSha256, state.Global.Id.Hex);
        return ExitCode.Done;
    }

    // Every byte of the wire is in one column, and the payload is that of the tensors: no more and no less.
    private static void Bytes(List<TensorSet> sets, long payload, long head, long metadata)
    {
        Assert.Equal(sets.Sum(s => s.Where(n => !IsHead(n) && !IsMeta(n)).PayloadBytes), payload);
        Assert.Equal(sets.Sum(s => s.Where(IsHead).PayloadBytes), head);
        Assert.Equal(sets.Sum(s => (long)s.Encoded.Length), payload + head + metadata);
    }

    private static bool IsHead(string name) => name.StartsWith(TensorSet.HeadPrefix, StringComparison.Ordinal);

    private static bool IsMeta(string name) => name.StartsWith(TensorSet.MetaPrefix, StringComparison.Ordinal);

    private static void Keep(Dictionary<ClientId, TensorSet> personal, ClientId client, TensorSet? kept)
    {
        personal.Remove(client);
        if (kept is not null)
        {
            personal.Add(client, kept);
        }
    }

    /// <summary>The real device; some trainings are done and then come to nothing.</summary>
    private sealed class FailingDevice(IDevice device, Func<LocalWork, bool> fails) : IDevice
    {
        private readonly Lock _once = new();

        public string Name => device.Name;

        public int Slots => device.Slots;

        public JobSize Measure(LocalWork work) => device.Measure(work);

        public async Task<LocalResult> TrainAsync(LocalWork work, CancellationToken cancel)
        {
            var result = await device.TrainAsync(work, cancel);
            lock (_once)
            {
                return fails(work) ? throw new NumericalException(work.Client, "made up by a test") : result;
            }
        }

        public Task<Evaluation> EvaluateAsync(TensorSet global, CorpusPart part, CancellationToken cancel) =>
            device.EvaluateAsync(global, part, cancel);
    }
}
