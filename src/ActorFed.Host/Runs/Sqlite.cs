using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace ActorFed.Host.Runs;

/// <summary>Opens SQLite files on the system's library; the copy inside the NuGet package is years older and only a fallback.</summary>
public static class Sqlite
{
    private const string SystemLibrary = "libsqlite3.so.0";
    private const int Full = 13;
    private const int ReadFailed = 10;
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Version of the library in use, and where it comes from.</summary>
    public static string Version => Loaded.Value;

    /// <summary>A connection that keeps what it commits: WAL, synchronous FULL, foreign keys on.</summary>
    public static SqliteConnection Open(string path)
    {
        _ = Loaded.Value;
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Pooling = false,
                ForeignKeys = true,
            }.ToString()
        );
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        return connection;
    }

    /// <summary>Runs a command without a result.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // every caller passes a constant
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Says what a failed write means and what to do.</summary>
    public static DiskException Explain(string path, SqliteException cause) =>
        cause.SqliteErrorCode is Full or ReadFailed
            ? new($"{path}: the disk is full or cannot be written ({cause.Message.TrimEnd('.')}). " + AtomicDisk.WhatToDo, cause)
            : new($"{path}: {cause.Message}", cause);

    private static string Load()
    {
        var fromSystem = false;
        NativeLibrary.SetDllImportResolver(
            typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly,
            (name, assembly, search) => Resolve(name, assembly, search, ref fromSystem)
        );
        SQLitePCL.Batteries_V2.Init();
        var version = SQLitePCL.raw.sqlite3_libversion().utf8_to_string();
        return fromSystem ? $"{version} ({SystemLibrary})" : $"{version} (bundled)";
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? search, ref bool fromSystem)
    {
        if (name == "e_sqlite3" && NativeLibrary.TryLoad(SystemLibrary, assembly, search, out var handle))
        {
            fromSystem = true;
            return handle;
        }

        return IntPtr.Zero;
    }
}
