using System.Collections.Immutable;
using ActorFed.Actors.Journal;
using ActorFed.Actors.Replication;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorFed.Host.Runs;

/// <summary>The journal of a run: decisions in one SQLite file, tensors in files by hash beside it.</summary>
/// <remarks>
/// Order of a commit: tensors to disk, then one transaction. A crash between leaves files that nobody names, and the next commit
/// removes them. Every write looks at the epoch in the file first: of two processes on one folder the one that came first is refused.
/// </remarks>
public sealed class SqliteJournal : IReplicatedJournal, IDisposable
{
    private readonly RunFolder _folder;
    private readonly CheckpointFiles _checkpoints;
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly int _keep;
    private readonly Lock _gate = new();
    private long? _leads;
    private bool _behind;
    private ImmutableArray<RoundCommit> _commits;
    private long _since;

    /// <param name="folder">The run's folder.</param>
    /// <param name="disk">Where the tensors go.</param>
    /// <param name="time">Measures the wall time of each round.</param>
    /// <param name="keep">Rounds whose state is kept, the last ones; at least 1.</param>
    /// <exception cref="DiskException">run.db cannot be opened or made.</exception>
    public SqliteJournal(RunFolder folder, IDisk disk, TimeProvider time, int keep)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        (_folder, _time, _keep) = (folder, time, keep);
        _checkpoints = new(disk, folder.Checkpoints);
        try
        {
            _connection = Sqlite.Open(folder.Database);
            Sqlite.Execute(_connection, JournalSchema.Tables);
            (Header, _commits, End) = (ReadHeader(), JournalRows.Read(_connection), ReadEnd());
        }
        catch (SqliteException e)
        {
            _connection?.Dispose();
            throw Sqlite.Explain(folder.Database, e);
        }

        _since = time.GetTimestamp();
    }

    /// <inheritdoc />
    public RunHeader? Header { get; private set; }

    /// <inheritdoc />
    public RoundCommit? Last => _commits.IsEmpty ? null : _commits[^1];

    /// <summary>The last commit, for those who cannot do without one.</summary>
    /// <param name="use">What it is for, as in "nothing to export".</param>
    /// <exception cref="UserException">No round is committed.</exception>
    internal RoundCommit LastTo(string use) =>
        Last ?? throw new UserException(ExitCode.RunFailed, $"{_folder.Path}: no round is committed, there is nothing to {use}.");

    /// <inheritdoc />
    public IReadOnlyList<RoundCommit> Commits => _commits;

    /// <inheritdoc />
    public RunEnd? End { get; private set; }

    /// <inheritdoc />
    public long Epoch
    {
        get
        {
            lock (_gate)
            {
                return SeenEpoch(null);
            }
        }
    }

    /// <summary>Wall seconds of every committed round, in order; those of earlier processes too.</summary>
    public IReadOnlyList<double> WallSeconds => [.. _connection.Query<double>("SELECT wall_seconds FROM rounds ORDER BY round")];

    /// <inheritdoc />
    public void Begin(RunHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (Header is not null && Header != header)
        {
            throw new InvalidOperationException($"{_folder.Database} is the journal of another run: {Header.Run}.");
        }

        lock (_gate)
        {
            if (Header is null)
            {
                Write(t => Insert(t, header));
                Header = header;
            }

            _since = _time.GetTimestamp();
        }
    }

    /// <inheritdoc />
    public long Lead()
    {
        lock (_gate)
        {
            if (_behind)
            {
                throw new NotInStepException(Have);
            }

            var epoch = 0L;
            _leads = null;
            Write(t => See(t, epoch = SeenEpoch(t) + 1));
            _leads = epoch;
            return epoch;
        }
    }

    /// <inheritdoc />
    public void Follow() => _behind = true;

    /// <inheritdoc />
    public void KeepStep(long epoch)
    {
        lock (_gate)
        {
            if (_behind || SeenEpoch(null) != epoch)
            {
                Write(t => FollowIn(t, epoch));
                _behind = false;
            }
        }
    }

    /// <inheritdoc />
    public void Take(long epoch, JournalEntry entry, ServerState? state)
    {
        lock (_gate)
        {
            switch (entry)
            {
                case JournalEntry.Round { Commit: var c } when _commits.Length >= c.Round.Number:
                    var here = _commits[c.Round.Number - 1];
                    ThrowUnless(here.Global == c.Global && here.Attempt == c.Attempt, $"another {c.Round} is here.");
                    break;
                case JournalEntry.Round { Commit: var commit }:
                    Append(commit, state, t => FollowIn(t, epoch));
                    break;
                case JournalEntry.Ending { End: var end }:
                    ThrowUnless(end.Round == Last?.Round, $"{end.Round} was to end the run; the last one here is {Last?.Round}.");
                    Finish(end, t => FollowIn(t, epoch));
                    break;
            }
        }
    }

    /// <inheritdoc />
    public void Commit(RoundCommit commit, ServerState state)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentNullException.ThrowIfNull(state);
        lock (_gate)
        {
            Append(commit, state, Fence);
        }
    }

    private void Append(RoundCommit commit, ServerState? state, Action<SqliteTransaction> fence)
    {
        var next = Last?.Round.Next ?? RoundId.Start.Next;
        ThrowUnless(commit.Round == next, $"{commit.Round} was to be committed, {next} is next.");
        foreach (var tensors in state is null ? [] : (TensorSet[])[state.Global, state.Memory])
        {
            _checkpoints.Save(tensors);
        }

        var now = _time.GetTimestamp();
        Write(t =>
        {
            fence(t);
            JournalRows.Write(_connection, t, commit, _time.GetElapsedTime(_since, now).TotalSeconds);
        });
        (_commits, _since) = (_commits.Add(commit), now);
        _checkpoints.KeepOnly(_commits.TakeLast(_keep).SelectMany(c => new[] { c.Global, c.Memory }).ToHashSet());
    }

    /// <inheritdoc />
    public ServerState Load(RoundCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        lock (_gate)
        {
            return new(_checkpoints.Load(commit.Global), _checkpoints.Load(commit.Memory));
        }
    }

    /// <inheritdoc />
    public void Finish(RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        lock (_gate)
        {
            Finish(end, Fence);
        }
    }

    private void Finish(RunEnd end, Action<SqliteTransaction> fence)
    {
        Write(t =>
        {
            fence(t);
            _connection.Execute(
                "INSERT OR REPLACE INTO ending VALUES (1, @Round, @Global, @Test)",
                new
                {
                    Round = end.Round.Number,
                    Global = end.Global.Hex,
                    Test = JournalRows.Text(end.Test),
                },
                t
            );
        });
        End = end;
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private void Write(Action<SqliteTransaction> rows)
    {
        SqliteTransaction? transaction = null;
        try
        {
            transaction = _connection.BeginTransaction();
            rows(transaction);
            transaction.Commit();
            transaction.Dispose();
        }
        catch (SqliteException e)
        {
            RollBack(transaction);
            throw Sqlite.Explain(_folder.Database, e);
        }
        catch (FencedException)
        {
            transaction?.Dispose();
            throw;
        }
    }

    private int Have => _commits.Length + (End is null ? 0 : 1);

    private static void ThrowUnless(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    // Who never led is the only one: a journal that is read, or of a process alone.
    private void Fence(SqliteTransaction transaction)
    {
        if (_leads is { } epoch && SeenEpoch(transaction) is var seen && seen > epoch)
        {
            throw new FencedException(epoch, seen);
        }
    }

    private void FollowIn(SqliteTransaction transaction, long epoch)
    {
        if (SeenEpoch(transaction) is var seen && seen > epoch)
        {
            throw new FencedException(epoch, seen);
        }

        See(transaction, epoch);
    }

    private long SeenEpoch(SqliteTransaction? transaction) =>
        _connection.QuerySingleOrDefault<long?>("SELECT seen FROM epoch", transaction: transaction) ?? 0;

    private void See(SqliteTransaction transaction, long epoch) =>
        _connection.Execute("INSERT OR REPLACE INTO epoch VALUES (1, @epoch)", new { epoch }, transaction);

    // Out of space SQLite rolls back by itself. The library does not notice, and its own rollback would hide the first error, here and again
    // when the connection is closed: it gets a transaction to roll back.
    private void RollBack(SqliteTransaction? transaction)
    {
        if (transaction is not null && raw.sqlite3_get_autocommit(_connection.Handle) != 0)
        {
            _ = raw.sqlite3_exec(_connection.Handle, "BEGIN");
        }

        transaction?.Dispose();
    }

    private void Insert(SqliteTransaction transaction, RunHeader header) =>
        _connection.Execute(
            "INSERT INTO header VALUES (1, @Run, @Settings, @SettingsHash, @DataHash, @BaseModelHash, @Seed)",
            new
            {
                Run = header.Run.Value,
                header.Settings,
                header.SettingsHash,
                header.DataHash,
                header.BaseModelHash,
                header.Seed,
            },
            transaction
        );

    private RunHeader? ReadHeader() =>
        _connection.QuerySingleOrDefault<HeaderRow>("SELECT * FROM header") is { } h
            ? new(new(h.run), h.settings, h.settings_hash, h.data_hash, h.base_model_hash, h.seed)
            : null;

    private RunEnd? ReadEnd() =>
        _connection.QuerySingleOrDefault<EndRow>("SELECT * FROM ending") is { } e
            ? new(new((int)e.round), new BlobId(e.global), JournalRows.Evaluation(e.test))
            : null;

    private sealed record HeaderRow(
        long one,
        string run,
        string settings,
        string settings_hash,
        string data_hash,
        string base_model_hash,
        long seed
    );

    private sealed record EndRow(long one, long round, string global, string? test);
}
