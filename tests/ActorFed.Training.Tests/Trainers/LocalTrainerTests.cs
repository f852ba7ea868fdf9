using System.Collections.Immutable;
using ActorFed.Training.Encoding;
using ActorFed.Training.Federation;
using ActorFed.Training.Methods;
using ActorFed.Training.Models;
using ActorFed.Training.Tests.Toy;
using ActorFed.Training.Trainers;

namespace ActorFed.Training.Tests.Trainers;

/// <summary>One client's training: its size, its bits, its faults.</summary>
public sealed class LocalTrainerTests
{
    private static readonly ClientId Ann = ClientId.Of(0);

    [Fact]
    public void Micro_batches_change_the_work_and_not_the_result()
    {
        using var run = new ToyRun("fedit", Toys.Settings(("train.steps", "3")));
        var whole = run.Trainer.Train(run.Work(Ann, new(1)));
        var parts = run.Trainer.Train(run.Work(Ann, new(1)) with { MicroBatch = 3 });
        Assert.Equal(whole.TrainLoss, parts.TrainLoss, 1e-5);
        foreach (var (name, tensor) in whole.Upload)
        {
            // AdamW's first steps divide by the gradient's own size: rounding of tiny gradients shows.
            Assert.All(
                tensor.Floats.ToArray().Zip(parts.Upload[name].Floats.ToArray()),
                p => Assert.Equal(p.First, p.Second, 2e-3f)
            );
        }
    }

    [Fact]
    public void The_attempt_changes_nothing_and_the_round_does()
    {
        using var run = new ToyRun("fedit", Toys.Settings(("train.steps", "2")));
        var first = Hash(run.Work(Ann, new(1)));
        Assert.Equal(first, Hash(run.Work(Ann, new(1)) with { Attempt = 3 }));
        Assert.NotEqual(first, Hash(run.Work(Ann, new(2))));

        BlobId Hash(LocalWork work) => BlobId.Of(run.Trainer.Train(work).Upload.Encoded.Span);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adamw")]
    public void Only_what_the_plan_names_is_trained_and_sent(string optimiser)
    {
        using var run = new ToyRun(
            "fedit",
            Toys.Settings(("train.optimizer", optimiser), ("train.momentum", "0.5"), ("train.steps", "2"))
        );
        var work = run.Work(Ann, new(1));
        var trained = ImmutableSortedSet.Create(StringComparer.Ordinal, "layers.1.attention.q.lora_B", TaskHead.Weight);
        var result = run.Trainer.Train(work with { Plan = work.Plan with { Trained = trained } });
        Assert.Equal(trained.ToArray(), result.Upload.Keys);
        Assert.All(result.Upload, t => Assert.NotEqual(work.Start[t.Key].Bytes.ToArray(), t.Value.Bytes.ToArray()));
    }

    [Fact]
    public void The_size_of_a_training_is_known_before_it()
    {
        using var steps = new ToyRun("fedit", Toys.Settings(("train.steps", "7")));
        Assert.Equal(new TrainingSize(7, 56, 8), steps.Trainer.Measure(steps.Work(Ann, new(1))));
        Assert.Equal(new TrainingSize(7, 56, 2), steps.Trainer.Measure(steps.Work(Ann, new(1)) with { MicroBatch = 2 }));
        using var epochs = new ToyRun("fedit", Toys.Settings(("train.epochs", "2"), ("train.batch", "1000")));
        Assert.Equal(new TrainingSize(2, 60, 30), epochs.Trainer.Measure(epochs.Work(Ann, new(1))));
        Assert.Equal(2, epochs.Trainer.Train(epochs.Work(Ann, new(1))).Steps);
        using var ridge = new ToyRun("head-ridge", Toys.Settings());
        Assert.Equal(new TrainingSize(1, 30, 30), ridge.Trainer.Measure(ridge.Work(Ann, new(1))));
    }

    [Fact]
    public void The_upload_has_the_bytes_that_were_assigned()
    {
        foreach (var method in MethodCatalog.All)
        {
            using var run = new ToyRun(method.Name, Toys.Settings(("train.steps", "1")));
            var assigned = run.Method.Assign(run.State, Toys.Profile(Ann), new(1));
            Assert.Equal(assigned.UploadBytes, run.Trainer.Train(run.Work(Ann, new(1))).Upload.PayloadBytes);
        }
    }

    [Fact]
    public void Poison_in_the_start_is_told_with_client_round_and_step()
    {
        using var run = new ToyRun("fedit", Toys.Settings());
        var work = run.Work(Ann, new(4));
        var poison = TensorValue.Of([float.NaN, 0, 0], 3); // fault: a NaN in the head
        var fault = Assert.Throws<NotFiniteException>(() =>
            run.Trainer.Train(work with { Start = work.Start.With(TaskHead.Bias, poison) })
        );
        Assert.Equal((Ann, 4, 0, "the loss"), (fault.Client, fault.Round.Number, fault.Step, fault.What));
    }

    [Fact]
    public void A_rate_that_explodes_is_found_at_the_step_where_it_does()
    {
        using var run = new ToyRun(
            "fedit",
            Toys.Settings(
                ("train.optimizer", "sgd"),
                ("train.rate", "100"),
                ("train.clip", "0"),
                ("train.steps", "400"),
                ("head.optimizer", "sgd"),
                ("head.rate", "100"),
                ("head.clip", "0")
            )
        );
        var work = run.Work(Ann, new(1));
        var huge = TensorValue.Of([.. Enumerable.Repeat(3e38f, 36)], 3, 12); // fault: weights at the edge of float32
        Assert.Throws<NotFiniteException>(() => run.Trainer.Train(work with { Start = work.Start.With(TaskHead.Weight, huge) }));
    }

    [Fact]
    public void A_cancelled_training_ends_before_its_next_step()
    {
        using var run = new ToyRun("fedit", Toys.Settings());
        Assert.Throws<OperationCanceledException>(() => run.Trainer.Train(run.Work(Ann, new(1)), new(canceled: true)));
    }

    [Fact]
    public void A_shard_that_cannot_be_trained_on_is_named()
    {
        using var run = new ToyRun("fedit", Toys.Settings());
        Refused(run.Data.Shards.Remove(Ann), "not on this node");
        Refused(run.Data.Shards.SetItem(Ann, []), "empty");
        Refused(run.Data.Shards.SetItem(Ann, [0, 5000]), "not among");

        void Refused(ImmutableSortedDictionary<ClientId, ImmutableArray<int>> shards, string why)
        {
            var trainer = new LocalTrainer(
                run.Model,
                run.Method,
                run.Data with
                {
                    Shards = shards,
                },
                TrainerOptions.Of(Toys.Settings(), 1)
            );
            Assert.Contains(why, Assert.Throws<ShardException>(() => trainer.Train(run.Work(Ann, new(1)))).Message);
        }
    }

    [Fact]
    public void A_device_without_memory_is_told_apart_from_a_refused_call_and_a_smaller_micro_batch_fits()
    {
        using var model = new CrampedEncoder(TinyEncoder.Create(seed: 1), most: 4);
        using var run = new ToyRun("fedit", Toys.Settings(("train.steps", "2")), model: model);
        var work = run.Work(Ann, new(1));

        Assert.Contains("memory", Assert.Throws<DeviceMemoryException>(() => run.Trainer.Train(work)).Message);
        Assert.Equal(2, run.Trainer.Train(work with { MicroBatch = 4 }).Steps);

        model.Fault = () => TorchSharp.torch.zeros(2, 3).matmul(TorchSharp.torch.zeros(2, 3)); // fault: shapes that do not fit
        Assert.IsNotType<DeviceMemoryException>(Record.Exception(() => run.Trainer.Train(work)));
    }

    [Fact]
    public void A_plan_that_trains_nothing_or_something_unsent_is_refused()
    {
        using var run = new ToyRun("head-only", Toys.Settings(("head.train", "off")));
        Assert.Contains(
            "trains nothing",
            Assert.Throws<ArgumentException>(() => run.Trainer.Train(run.Work(Ann, new(1)))).Message
        );
        var work = run.Work(Ann, new(1));
        var stranger = work.Plan with { Trained = ["stranger"] };
        Assert.Contains(
            "stranger",
            Assert.Throws<ArgumentException>(() => run.Trainer.Train(work with { Plan = stranger })).Message
        );
    }

    [Fact]
    public void An_own_objective_adds_its_penalty_and_sees_the_gradients()
    {
        using var run = new ToyRun("fedit", Toys.Settings(("train.steps", "2")));
        var watcher = new Watcher();
        var context = new MethodContext(5, run.Model.Maps, run.Model.EmbeddingSize, Toys.Classes, Toys.Settings());
        var trainer = new LocalTrainer(
            run.Model,
            new Watched(context, watcher),
            run.Data,
            TrainerOptions.Of(Toys.Settings(("train.steps", "2")), 5)
        );
        trainer.Train(run.Work(Ann, new(1)) with { MicroBatch = 3 });
        Assert.Equal([0, 1], watcher.Steps);
        Assert.Equal(2, watcher.Penalties); // once a step, whatever the micro-batch
        Assert.Equal(run.State.Global.Keys, watcher.Names);
        Assert.Contains(watcher.Probed.Keys, k => k == TaskHead.Weight);
    }

    private sealed class Watched(MethodContext context, Watcher watcher) : FederatedMethod(context)
    {
        private readonly FedIt _inner = new(context);

        public override string Name => "watched";

        public override ServerState Initialise() => _inner.Initialise();

        public override LocalStart Personalise(LocalWork work, IGradientProbe probe)
        {
            watcher.Probed = probe.Gradients(work.Start, [TaskHead.Weight]);
            return base.Personalise(work, probe);
        }

        public override ActorFed.Training.Models.ModelOverlay Adapt(
            IReadOnlyDictionary<string, TorchSharp.torch.Tensor> tensors,
            LocalPlan plan
        ) => _inner.Adapt(tensors, plan);

        public override ILocalObjective Objective(LocalWork work, LocalStart start) => watcher;

        public override IReadOnlyList<ActorFed.Training.Lora.LoraPair> Export(TensorSet global) => [];
    }

    private sealed class Watcher : ILocalObjective
    {
        public List<int> Steps { get; } = [];

        public int Penalties { get; private set; }

        public IEnumerable<string> Names { get; private set; } = [];

        public TensorSet Probed { get; set; } = TensorSet.Empty;

        public TorchSharp.torch.Tensor? Penalty(IReadOnlyDictionary<string, TorchSharp.torch.Tensor> tensors)
        {
            Penalties++;
            return tensors[TaskHead.Weight].sum();
        }

        public void Observe(
            int step,
            IReadOnlyDictionary<string, TorchSharp.torch.Tensor> tensors,
            IReadOnlyDictionary<string, TorchSharp.torch.Tensor> gradients
        )
        {
            Steps.Add(step);
            Names = [.. gradients.Keys.Order(StringComparer.Ordinal)];
        }
    }
}
