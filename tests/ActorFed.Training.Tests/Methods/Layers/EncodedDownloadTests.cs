using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Methods.Layers;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods.Layers;

/// <summary>Downloads in fewer bits: how many bytes, what a client starts from, and what the server goes on from.</summary>
public sealed class EncodedDownloadTests
{
    public static TheoryData<string> Methods => ["fedit", "ffa-lora", "ravan", "full", "head-only"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_download_is_as_small_as_its_code_and_one_for_everybody(string method)
    {
        foreach (var (code, bits) in new[] { ("float16", 16.0), ("int8", 8.5), ("int4", 4.5) })
        {
            using var run = Run(method, code);
            run.Next();
            var given = run.Last.Values.Select(l => l.Given).ToArray();
            var numbers = given[0].Start!.Values.Sum(v => v.Count);
            var most = (bits * numbers / 8) + (5 * given[0].Start!.Count); // the last block and half byte of each tensor
            Assert.InRange(given[0].Download.PayloadBytes, bits * numbers / 8, most);
            Assert.All(given, g => Assert.Same(given[0].Download, g.Download)); // so that it is encoded, named and kept once
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_client_starts_from_what_the_code_says_within_its_error(string method)
    {
        foreach (var (code, error) in new[] { ("float16", 1.0 / 2048), ("int8", 0.5 / 127), ("int4", 0.5 / 7) })
        {
            using var run = Run(method, code);
            run.Next();
            var given = run.Assign(ClientId.Of(0), new(2));
            var start = run.Method.Personalise(run.Work(ClientId.Of(0), new(2)), NoProbe.Instance);
            foreach (var (name, whole) in run.State.Global)
            {
                var largest = whole.Floats.ToArray().Max(v => Math.Abs((double)v));
                Assert.InRange(Toys.Distance(given.Start![name], whole), 0, (1.01 * error * largest) + 1e-7);
                Assert.Equal(given.Start[name].Bytes.ToArray(), start.Tensors[name].Bytes.ToArray());
            }
        }
    }

    [Theory]
    [InlineData("fedit", "int8")]
    [InlineData("ravan", "int8")]
    [InlineData("ffa-lora", "int4")]
    [InlineData("full", "float16")]
    public void It_learns(string method, string code)
    {
        using var run = Run(method, code);
        var before = run.Evaluator.Evaluate(run.State.Global).Loss;
        for (var round = 0; round < 4; round++)
        {
            run.Next();
        }

        Assert.True(run.Evaluator.Evaluate(run.State.Global).Loss < before);
    }

    [Fact]
    public void A_change_below_the_codes_step_adds_up_on_the_server_until_clients_see_it()
    {
        // The first number is 1, its neighbour in the block moves by 0.05 a round: half a step of int4 is 1/14.
        var (server, clients) = Moved(rounds: 20, by: 0.05f);
        Assert.Equal(20 * 0.05, server, 1e-4);
        Assert.Equal(20 * 0.05, clients, 1.0 / 14);
    }

    [Fact]
    public void What_no_client_moves_keeps_its_bits()
    {
        using var run = Run("fedit", "int4");
        run.Next();
        var before = run.State;
        var given = run.Assign(ClientId.Of(0), new(2));
        var upload = given.Start!.Where(given.Plan.Trained.Contains);
        var after = run.Method.Aggregate(before, new(2), [new(ClientId.Of(0), upload, 8)]);
        Assert.Equal(before.Global.Encoded.ToArray(), after.Global.Encoded.ToArray());
    }

    [Fact]
    public void With_encoded_uploads_changes_are_those_of_what_the_client_read()
    {
        var settings = Toys.Settings(("train.steps", "3"), ("download.encoding", "int4"), ("upload.encoding", "float16"));
        using var both = new ToyRun("fedit", settings);
        using var down = Run("fedit", "int4");
        both.Next();
        down.Next();
        foreach (var (name, value) in down.State.Global)
        {
            var largest = value.Floats.ToArray().Max(v => Math.Abs((double)v));
            Assert.InRange(Toys.Distance(both.State.Global[name], value), 0, (largest / 512) + 1e-7);
        }
    }

    [Fact]
    public void Control_variates_go_beside_the_codes_as_they_are()
    {
        using var run = new ToyRun(
            "fedit",
            Toys.Settings(
                ("download.encoding", "int8"),
                ("client.scaffold", "on"),
                ("train.optimizer", "sgd"),
                ("head.optimizer", "sgd"),
                ("train.steps", "3")
            )
        );
        var given = run.Assign(ClientId.Of(0), new(1));
        Assert.Equal(given.UploadBytes, run.Trainer.Train(run.Work(ClientId.Of(0), new(1))).Upload.PayloadBytes);
        Assert.Contains(given.Download.Values, v => v.Type == ElementType.U8);
        Assert.Equal(given.Plan.Trained.Count, given.Download.Keys.Count(n => given.Start!.ContainsKey(n)));
    }

    [Fact]
    public void Nothing_of_it_is_there_where_numbers_are_sent_whole()
    {
        using var run = Run("fedit", "float32");
        run.Next();
        Assert.All(run.Last.Values, l => Assert.Null(l.Given.Start));
        Assert.IsNotType<EncodedDownload>(run.Method);
    }

    [Theory]
    [InlineData("flora")]
    [InlineData("rolora")]
    [InlineData("flexlora")]
    [InlineData("hetlora")]
    [InlineData("hafl")]
    [InlineData("fdlora")]
    [InlineData("fed-sb")]
    [InlineData("fedex-lora")]
    [InlineData("local-only")]
    [InlineData("head-ridge")]
    public void Methods_whose_clients_do_not_start_from_the_global_tensors_refuse_it(string method)
    {
        var error = Assert.Throws<ArgumentException>(() => Run(method, "int8").Dispose());
        Assert.Contains($"download.encoding = int8 cannot be combined with {method}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_that_do_not_fit_are_refused_by_name()
    {
        using var run = Run("fedit", "int8");
        var work = run.Work(ClientId.Of(0), new(1));
        var name = work.Plan.Trained.First();
        Refused($"{name}.scales", work.Start.Where(n => n != $"{name}.scales")); // fault: no scales
        Refused($"{name}.codes", work.Start.With($"{name}.codes", TensorValue.Wholes(1, 2, 3))); // fault: another type and length

        void Refused(string what, TensorSet start)
        {
            var error = Assert.Throws<ArgumentException>(() =>
                run.Method.Personalise(work with { Start = start }, NoProbe.Instance)
            );
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
        }
    }

    private static ToyRun Run(string method, string code) =>
        new(method, Toys.Settings(("train.steps", "3"), ("download.encoding", code), ("download.block", "64")));

    // One client moves the second number of the head's block by so much in each round; the first is 1 from the beginning.
    private static (double Server, double Clients) Moved(int rounds, float by)
    {
        var method = MethodCatalog.Create(
            "head-only",
            new(1, EncoderShape.Tiny.Maps, 12, Toys.Classes, Toys.Settings(("download.encoding", "int4")))
        );
        var state = method.Initialise();
        var (client, name) = (ClientId.Of(0), state.Global.Keys.First());
        state = state with { Global = state.Global.With(name, Changed(state.Global[name], 0, 1)) };
        for (var round = 1; round <= rounds; round++)
        {
            var given = method.Assign(state, Toys.Profile(client), new(round));
            var trained = given.Start!.With(name, Changed(given.Start![name], 1, by)).Where(given.Plan.Trained.Contains);
            state = method.Aggregate(state, new(round), [new(client, trained, 8)]);
        }

        var last = method.Assign(state, Toys.Profile(client), new(rounds + 1));
        return (state.Global[name].Floats[1], last.Start![name].Floats[1]);
    }

    private static TensorValue Changed(TensorValue value, int at, float by)
    {
        var numbers = value.Floats.ToArray();
        numbers[at] += by;
        return TensorValue.Of(numbers, value.Shape.AsSpan());
    }
}
