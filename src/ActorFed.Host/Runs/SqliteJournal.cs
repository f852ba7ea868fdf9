using System.Collections.Immutable;
using ActorFed.Actors.Journal;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ActorFed.Host.Runs;

/// <summary>The journal of a run: decisions in one SQLite file, tensors in files by hash beside it.</summary>
/// <remarks>
/// Order of a commit: tensors to disk, then one transaction. A crash between leaves files that nobody names, and the next commit
/// removes them. One writer; calls come from one thread at a time.
/// </remarks>
public sealed class SqliteJournal : IRunJournal, IDisposable
{
    private readonly RunFolder _folder;
    private readonly CheckpointFiles _checkpoints;
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly int _keep;
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

    /// <inheritdoc />
    public IReadOnlyList<RoundCommit> Commits => _commits;

    /// <inheritdoc />
    public RunEnd? End { get; private set; }

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

        if (Header is null)
        {
            Write(t => Insert(t, header));
            Header = header;
        }

        _since = _time.GetTimestamp();
    }

    /// <inheritdoc />
    public void Commit(RoundCommit commit, ServerState state)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentNullException.ThrowIfNull(state);
        var next = Last?.Round.Next ?? RoundId.Start.Next;
        if (commit.Round != next)
        {
            throw new InvalidOperationException($"{commit.Round} was to be committed, {next} is next.");
        }

        _checkpoints.Save(state.Global);
        _checkpoints.Save(state.Memory);
        var now = _time.GetTimestamp();
        Write(t => JournalRows.Write(_connection, t, commit, _time.GetElapsedTime(_since, now).TotalSeconds));
        (_commits, _since) = (_commits.Add(commit), now);
        _checkpoints.KeepOnly(_commits.TakeLast(_keep).SelectMany(c => new[] { c.Global, c.Memory }).ToHashSet());
    }

    /// <inheritdoc />
    public ServerState Load(RoundCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return new(_checkpoints.Load(commit.Global), _checkpoints.Load(commit.Memory));
    }

    /// <inheritdoc />
    public void Finish(RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        Write(t =>
            _connection.Execute(
                "INSERT OR REPLACE INTO ending VALUES (1, @Round, @Global, @Test)",
                new
                {
                    Round = end.Round.Number,
                    Global = end.Global.Hex,
                    Test = JournalRows.Text(end.Test),
                },
                t
            )
        );
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
    }

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
