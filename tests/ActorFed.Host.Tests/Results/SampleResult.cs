using ActorFed.Host.Results;

namespace ActorFed.Host.Tests.Results;

/// <summary>A made-up but consistent result of any size: shape for tests of the page and of the encoding, no figures of a real run.</summary>
internal static class SampleResult
{
    public static readonly string[] Classes = ["easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2"];

    public static RunResult Make(
        int clients = 20,
        int rounds = 15,
        bool completed = true,
        string run = "fedit-spam-assassin-groups-1"
    )
    {
        var chance = new Random(17);
        var people = Enumerable.Range(0, clients).Select(i => Client(i, chance)).ToArray();
        var done = Enumerable.Range(1, rounds).Select(r => Round(r, people, chance)).ToArray();
        var bytes = done.Aggregate(BytesResult.None, (sum, r) => sum + r.Bytes);
        return new(
            run,
            completed,
            "fedit",
            "use-lite",
            "spam-assassin-groups",
            1,
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["actorfed.lora.rank"] = "8",
                ["actorfed.run.seed"] = "1",
            },
            new SortedDictionary<string, string>(StringComparer.Ordinal) { ["actorfed"] = "0.1.0", ["libtorch"] = "1.13.1" },
            new(4951, 1234, people.Sum(p => p.Examples), 540, 990, Classes, new('a', 64)),
            people,
            done,
            completed ? Final() : null,
            bytes,
            71.25,
            new('b', 64)
        );
    }

    private static FinalResult Final() =>
        new(
            "balanced-accuracy",
            0.8125,
            990,
            0.5512,
            0.8411,
            0.8125,
            0.8001,
            new(10, 0.8031, 0.8302, 0.8031, 0.79, 0.57),
            new(0.83, 0.41, 0.62)
        );

    private static ClientResult Client(int index, Random chance)
    {
        int[] counts = [.. Classes.Select(_ => chance.Next(3) == 0 ? 0 : chance.Next(120))];
        return new(
            $"client-{index:D5}",
            counts.Sum(),
            counts,
            3.1,
            0.25 * (1 + (index % 4)),
            5 + chance.Next(60),
            1e6,
            2.5e5,
            0.9,
            0.8
        );
    }

    private static RoundResult Round(int round, ClientResult[] people, Random chance)
    {
        var invited = people.OrderBy(_ => chance.Next()).Take(7).Select(p => p.Client).Order(StringComparer.Ordinal).ToArray();
        RefusedResult[] refused = round % 5 == 0 ? [new(invited[6], "not finite")] : [];
        string[] absent = round % 5 == 0 ? [] : [invited[6]];
        var bytes = new BytesResult(1_234_567, 2_345_678, 1_100_000, 2_200_000, 100_000, 120_000, 34_567, 25_678, 0);
        var loss = 1.6 / Math.Sqrt(round);
        double? metric = round % 3 == 0 ? 0.85 - (0.5 / round) : null;
        return new(
            round,
            invited[..5],
            [invited[5]],
            refused,
            absent,
            loss,
            bytes.Up,
            bytes.Down,
            bytes,
            3.5,
            40 + chance.Next(30),
            metric,
            metric is null ? null : loss + 0.1
        );
    }
}
