using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Tests.Toy;

namespace ActorFed.Training.Tests.Methods.Layers;

/// <summary>head.personal: a head that stays at home, with every method that has more than a head.</summary>
public sealed class PersonalHeadTests
{
    private static readonly (string, string)[] Personal = [("head.personal", "on"), ("lora.rank", "4"), ("train.steps", "4")];

    public static TheoryData<string> Methods =>
        [.. MethodCatalog.All.Select(m => m.Name).Where(n => n is not ("head-only" or "head-ridge" or "local-only"))];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Clients_learn_and_no_head_goes_either_way(string method)
    {
        using var run = new ToyRun(method, Toys.Settings(Personal), clients: 8, budget: EveryMethod.Mixed);
        var losses = Enumerable.Range(0, 6).Select(_ => run.Next()).ToList();

        Assert.True(losses[^1] < 0.9 * losses[0], string.Join(' ', losses));
        foreach (var (given, got) in run.Last.Values)
        {
            Assert.DoesNotContain(given.Download.Keys, IsHead);
            Assert.DoesNotContain(got.Upload.Keys, IsHead);
        }

        Assert.All(run.State.Global.Where(IsHead).Values, t => Assert.All(t.Floats.ToArray(), v => Assert.Equal(0, v)));
        Assert.Equal(
            8,
            run.Personal.Values.Select(p => p["own-head.weight"].Floats.ToArray().Sum(v => (double)v)).Distinct().Count()
        );
    }

    [Theory]
    [InlineData("fedit")]
    [InlineData("fdlora")]
    [InlineData("hafl")]
    public void Every_model_of_a_client_has_the_clients_own_head(string method)
    {
        using var run = new ToyRun(method, Toys.Settings(Personal), clients: 4);
        for (var i = 0; i < 3; i++)
        {
            run.Next();
        }

        var (client, kept) = run.Personal.First();
        var models = run.Method.Finish(new ClientEnd(client, run.State.Global, kept, null));
        Assert.All(
            models,
            m => Assert.Equal(kept["own-head.weight"].Bytes.ToArray(), m.Tensors[TaskHead.Weight].Bytes.ToArray())
        );
        var own = run.Evaluator.Evaluate(models[0].Tensors);
        Assert.True(own.Loss < run.Evaluator.Evaluate(run.State.Global).Loss); // the global one has a head of zeros
        var stranger = run.Method.Finish(new ClientEnd(ClientId.Of(9), run.State.Global, null, null)); // who was never there
        Assert.All(stranger[0].Tensors[TaskHead.Weight].Floats.ToArray(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void Control_variates_and_a_proximal_term_see_only_what_the_method_trains()
    {
        (string, string)[] sgd =
        [
            ("train.optimizer", "sgd"),
            ("head.optimizer", "sgd"),
            ("train.rate", "0.1"),
            ("head.rate", "0.3"),
        ];
        using var scaffold = new ToyRun("fedit", Toys.Settings([.. Personal, .. sgd, ("client.scaffold", "on")]), clients: 4);
        using var prox = new ToyRun("fedit", Toys.Settings([.. Personal, ("client.prox", "0.1")]), clients: 4);

        var sent = scaffold.Trainer.Train(scaffold.Work(ClientId.Of(0), new(1)));
        var losses = Enumerable.Range(0, 6).Select(_ => prox.Next()).ToList();

        Assert.Contains(sent.Upload.Keys, n => n.StartsWith("variate.", StringComparison.Ordinal));
        Assert.DoesNotContain(sent.Upload.Keys, IsHead);
        Assert.Contains("own-head.weight", sent.Personal!.Keys);
        Assert.True(losses[^1] < losses[0]);
    }

    [Theory]
    [InlineData("head-only", "", "", "all that its clients have in common")]
    [InlineData("head-ridge", "", "", "all that its clients have in common")]
    [InlineData("local-only", "", "", "its head is personal already")]
    [InlineData("fedit", "head.train", "off", "head.init = zero, head.train = on")]
    [InlineData("fedit", "head.init", "ridge", "head.init = zero, head.train = on")]
    public void What_does_not_bear_it_is_refused_with_the_reason(string method, string key, string value, string why)
    {
        (string, string)[] more = key.Length == 0 ? [] : [(key, value)];
        var fault = Assert.Throws<ArgumentException>(() => new ToyRun(method, Toys.Settings([.. Personal, .. more])));
        Assert.StartsWith("head.personal", fault.Message, StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    private static bool IsHead(string name) => name.StartsWith(TensorSet.HeadPrefix, StringComparison.Ordinal);
}
