using System.Collections.Immutable;
using System.Globalization;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Roster.Wire;

/// <summary>Names of clients as runs of successive numbers: a node of ten thousand clients registers in a few bytes, not in more than a frame.</summary>
internal static class ClientRuns
{
    /// <summary>Most clients that one message may name.</summary>
    public const int Most = 1_000_000;

    private const int MostDigits = 9;

    /// <summary>The shortest list of runs that names these clients in this order.</summary>
    public static IReadOnlyList<ClientRunWire> Of(IEnumerable<ClientId> clients)
    {
        var runs = new List<ClientRunWire>();
        foreach (var next in clients.Select(Single))
        {
            if (runs is [.., var last] && Continues(last, next))
            {
                last.Count++;
            }
            else
            {
                runs.Add(next);
            }
        }

        return runs;
    }

    /// <summary>The clients again.</summary>
    /// <exception cref="ArgumentException">A run that <see cref="Of"/> does not make, or more than <see cref="Most"/> clients.</exception>
    public static ImmutableArray<ClientId> Read(IReadOnlyCollection<ClientRunWire> runs)
    {
        var count = runs.Sum(r => (long)r.Count);
        return count <= Most
            ? [.. runs.SelectMany(Names).Select(n => new ClientId(n))]
            : throw new ArgumentException($"{count} clients are named; {Most} can be.");
    }

    private static ClientRunWire Single(ClientId client)
    {
        var name = client.Value;
        var end = Math.Max(name.AsSpan().TrimEnd("0123456789").Length, name.Length - MostDigits);
        var digits = name.AsSpan(end);
        return new()
        {
            Prefix = name[..end],
            Digits = (uint)digits.Length,
            First = digits.Length == 0 ? 0 : uint.Parse(digits, CultureInfo.InvariantCulture),
            Count = 1,
        };
    }

    private static bool Continues(ClientRunWire run, ClientRunWire next) =>
        run.Digits > 0 && run.Prefix == next.Prefix && run.Digits == next.Digits && run.First + run.Count == next.First;

    private static IEnumerable<string> Names(ClientRunWire run)
    {
        var isSound =
            run.Digits == 0
                ? run is { First: 0, Count: 1 }
                : run.Digits <= MostDigits && run.Count > 0 && (ulong)run.First + run.Count <= (ulong)Math.Pow(10, run.Digits);
        if (!isSound)
        {
            throw new ArgumentException(
                $"'{run.Prefix}', {run.Digits} digits, {run.Count} from {run.First} are no names of clients."
            );
        }

        return run.Digits == 0
            ? [run.Prefix]
            : Enumerable
                .Range((int)run.First, (int)run.Count)
                .Select(i => run.Prefix + i.ToString($"D{run.Digits}", CultureInfo.InvariantCulture));
    }
}
