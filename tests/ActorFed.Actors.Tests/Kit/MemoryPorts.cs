using System.Collections.Concurrent;
using ActorFed.Actors.Clients;
using ActorFed.Actors.Journal;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>A journal that outlives the actor system, as a disk would; a test may fill it.</summary>
internal sealed class MemoryJournal : IRunJournal
{
    private readonly List<RoundCommit> _commits = [];
    private readonly Dictionary<BlobId, TensorSet> _blobs = [];

    /// <summary>Commits that the disk still has room for.</summary>
    public int Room { get; set; } = int.MaxValue;

    public RunHeader? Header { get; private set; }
    public RoundCommit? Last => _commits.LastOrDefault();
    public IReadOnlyList<RoundCommit> Commits => _commits;
    public RunEnd? End { get; private set; }

    public void Begin(RunHeader header) =>
        Header = Header is null || Header == header ? header : throw new InvalidOperationException("Another run's journal.");

    public void Commit(RoundCommit commit, ServerState state)
    {
        if (commit.Round != (Last?.Round ?? RoundId.Start).Next)
        {
            throw new InvalidOperationException($"{commit.Round} is not the next one.");
        }

        if (_commits.Count >= Room)
        {
            throw new IOException("No space left on device");
        }

        (_blobs[commit.Global], _blobs[commit.Memory]) = (state.Global, state.Memory);
        _commits.Add(commit);
    }

    public ServerState Load(RoundCommit commit) => new(_blobs[commit.Global], _blobs[commit.Memory]);

    public void Finish(RunEnd end) => End = end;
}

internal sealed class MemoryPersonalStore : IPersonalStore
{
    public ConcurrentDictionary<PersonalKey, TensorSet> States { get; } = [];

    public void Save(PersonalKey key, TensorSet state) => States[key] = state;

    public TensorSet? Load(PersonalKey key) => States.GetValueOrDefault(key);

    public void ForgetBefore(PersonalKey key)
    {
        foreach (var old in States.Keys.Where(k => k.Client == key.Client && Comes(k, key)))
        {
            States.TryRemove(old, out _);
        }
    }

    private static bool Comes(PersonalKey a, PersonalKey b) =>
        (a.Round.Number, a.Attempt).CompareTo((b.Round.Number, b.Attempt)) < 0;
}
