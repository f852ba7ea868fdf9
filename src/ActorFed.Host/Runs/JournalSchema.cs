namespace ActorFed.Host.Runs;

/// <summary>The tables of run.db. Keys say what may happen once: a round, a client's contribution to it, the end.</summary>
internal static class JournalSchema
{
    /// <summary>Made once, in one transaction.</summary>
    public const string Tables = """
        CREATE TABLE IF NOT EXISTS header (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            run TEXT NOT NULL, settings TEXT NOT NULL, settings_hash TEXT NOT NULL,
            data_hash TEXT NOT NULL, base_model_hash TEXT NOT NULL, seed INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE IF NOT EXISTS rounds (
            round INTEGER PRIMARY KEY CHECK (round >= 1),
            attempt INTEGER NOT NULL, global TEXT NOT NULL, memory TEXT NOT NULL,
            train_loss REAL NOT NULL, simulated_seconds REAL NOT NULL, wall_seconds REAL NOT NULL,
            down_payload INTEGER NOT NULL, down_head INTEGER NOT NULL, down_meta INTEGER NOT NULL, down_retries INTEGER NOT NULL,
            up_payload INTEGER NOT NULL, up_head INTEGER NOT NULL, up_meta INTEGER NOT NULL, up_retries INTEGER NOT NULL,
            evaluation TEXT
        ) STRICT;
        CREATE TABLE IF NOT EXISTS contributors (
            round INTEGER NOT NULL REFERENCES rounds (round), client TEXT NOT NULL,
            blob TEXT NOT NULL, examples INTEGER NOT NULL, steps INTEGER NOT NULL,
            train_loss REAL NOT NULL, arrived_ticks INTEGER NOT NULL, metrics TEXT NOT NULL, kept_state INTEGER NOT NULL,
            PRIMARY KEY (round, client)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS others (
            round INTEGER NOT NULL REFERENCES rounds (round), client TEXT NOT NULL,
            stage TEXT NOT NULL CHECK (stage IN ('refused', 'absent', 'late')), why INTEGER,
            PRIMARY KEY (round, client, stage)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS epoch (
            one INTEGER PRIMARY KEY CHECK (one = 1), seen INTEGER NOT NULL CHECK (seen >= 1)
        ) STRICT;
        CREATE TABLE IF NOT EXISTS ending (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            round INTEGER NOT NULL REFERENCES rounds (round), global TEXT NOT NULL, test TEXT
        ) STRICT;
        """;
}
