using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Methods.Layers;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods.Layers;

/// <summary>Uploads in fewer bits: how many bytes, how far from the whole ones, and what becomes of the rest.</summary>
public sealed class EncodedUploadTests
{
    public static TheoryData<string> Methods => ["fedit", "ffa-lora", "fedex-lora", "full", "head-only"];

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_upload_has_the_bytes_that_were_announced_and_no_more_than_its_code_needs(string method)
    {
        foreach (var (code, bits) in new[] { ("float16", 16.0), ("int8", 8.5), ("int4", 4.5) })
        {
            using var run = Run(method, code);
            run.Next();
            Assert.All(run.Last.Values, l => Assert.Equal(l.Given.UploadBytes, l.Got.Upload.PayloadBytes));
            var (given, got) = run.Last.Values.First();
            var numbers = given.Plan.Trained.Sum(n => given.Download[n].Count);
            var most = (bits * numbers / 8) + (5 * given.Plan.Trained.Count); // the last block and half byte of each tensor
            Assert.InRange(got.Upload.PayloadBytes, bits * numbers / 8, most);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_server_reads_the_mean_within_the_codes_error(string method)
    {
        using var whole = Run(method, "float32");
        whole.Next();
        foreach (var (code, error) in new[] { ("float16", 1.0 / 2048), ("int8", 0.5 / 127), ("int4", 0.5 / 7) })
        {
            using var run = Run(method, code);
            var start = run.State.Global;
            run.Next();
            foreach (var name in run.Last.Values.First().Given.Plan.Trained)
            {
                var largest = whole.Last.Values.Max(l => Toys.Distance(l.Got.Upload[name], start[name]));
                Assert.InRange(
                    Toys.Distance(run.State.Global[name], whole.State.Global[name]),
                    0,
                    (1.01 * error * largest) + 1e-7
                );
            }
        }
    }

    [Theory]
    [InlineData("fedit", "int8")]
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
    public void What_the_code_swallows_arrives_with_later_rounds()
    {
        // One number moves by 1 a round, its neighbour in the block by 0.05: half a step of int4 is 1/14.
        var (with, without) = (Sent(rounds: 20, feedback: "on"), Sent(rounds: 20, feedback: "off"));
        Assert.Equal(0, without, 1e-6);
        Assert.Equal(20 * 0.05, with, 1.0 / 14);
    }

    [Fact]
    public void What_one_round_does_not_train_is_still_kept_for_a_later_one()
    {
        var settings = Toys.Settings(("upload.encoding", "int4"));
        var method = MethodCatalog.Create("fedit", new(1, EncoderShape.Tiny.Maps, 12, Toys.Classes, settings));
        var (client, personal) = (ClientId.Of(0), (TensorSet?)null);
        var given = method.Assign(method.Initialise(), Toys.Profile(client), new(1));
        foreach (var name in given.Plan.Trained)
        {
            var work = new LocalWork(client, new(1), 0, given.Download, given.Plan with { Trained = [name] }, personal);
            var trained = given.Download.Where(n => n == name);
            personal = method.Extract(work, new(given.Download, [name]), new(trained, PlainObjective.Instance, 8, 1)).Personal;
        }

        Assert.Equal(given.Plan.Trained.Select(n => "unsent." + n), personal!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_of_it_is_there_where_numbers_are_sent_whole()
    {
        using var run = Run("fedit", "float32");
        run.Next();
        Assert.All(run.Last.Values, l => Assert.Null(l.Got.Personal));
        Assert.All(run.Last.Values, l => Assert.True(l.Given.Plan.Trained.SetEquals(l.Got.Upload.Keys)));
    }

    [Theory]
    [InlineData("ravan")]
    [InlineData("flora")]
    [InlineData("rolora")]
    [InlineData("flexlora")]
    [InlineData("hetlora")]
    [InlineData("hafl")]
    [InlineData("fdlora")]
    [InlineData("fed-sb")]
    [InlineData("local-only")]
    [InlineData("head-ridge")]
    public void Methods_whose_uploads_are_no_change_of_what_they_got_refuse_it(string method)
    {
        var error = Assert.Throws<ArgumentException>(() => Run(method, "int8").Dispose());
        Assert.Contains($"upload.encoding = int8 cannot be combined with {method}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_that_do_not_fit_are_refused_by_name()
    {
        using var run = Run("fedit", "int8");
        run.Next();
        var (name, sent) = (run.Last.Values.First().Given.Plan.Trained.First(), run.Last.Values.First().Got.Upload);
        Refused($"{name}.codes", sent.With($"{name}.codes", TensorValue.Wholes(1, 2, 3))); // fault: another type and length
        Refused($"{name}.scales", sent.Where(n => n != $"{name}.scales")); // fault: no scales
        Refused("nobodys", sent.With("nobodys.codes", TensorValue.Zeros(4))); // fault: a tensor that nobody has

        void Refused(string what, TensorSet upload)
        {
            var error = Assert.Throws<ArgumentException>(() =>
                run.Method.Aggregate(run.State, new(2), [new(ClientId.Of(0), upload, 8)])
            );
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
        }
    }

    private static ToyRun Run(string method, string code) =>
        new(method, Toys.Settings(("train.steps", "3"), ("upload.encoding", code), ("upload.block", "64")));

    // A head of one class more than it needs moves by what the test says; the sum of what the server got of the second number.
    private static double Sent(int rounds, string feedback)
    {
        var settings = Toys.Settings(("upload.encoding", "int4"), ("upload.error-feedback", feedback));
        var method = MethodCatalog.Create("head-only", new(1, EncoderShape.Tiny.Maps, 12, Toys.Classes, settings));
        Assert.IsType<EncodedUpload>(method);
        var (state, client, personal) = (method.Initialise(), ClientId.Of(0), (TensorSet?)null);
        var name = state.Global.Keys.First();
        for (var round = 1; round <= rounds; round++)
        {
            var given = method.Assign(state, Toys.Profile(client), new(round));
            var work = new LocalWork(client, new(round), 0, given.Download, given.Plan, personal);
            var moved = given.Download[name].Floats.ToArray();
            (moved[0], moved[1]) = (moved[0] + 1, moved[1] + 0.05f);
            var trained = given.Download.With(name, TensorValue.Of(moved, given.Download[name].Shape.AsSpan()));
            var start = new LocalStart(given.Download, given.Plan.Trained);
            var update = method.Extract(work, start, new(trained, PlainObjective.Instance, 8, 1));
            personal = update.Personal;
            state = method.Aggregate(state, new(round), [new(client, update.Upload, 8)]);
        }

        return state.Global[name].Floats[1];
    }
}
