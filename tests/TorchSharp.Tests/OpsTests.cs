using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

/// <summary>Each call against the numbers of Python's torch 1.13.</summary>
public sealed class OpsTests
{
    private static Tensor A => Numbers.Get("a");
    private static Tensor B => Numbers.Get("b");
    private static Tensor V => Numbers.Get("v");
    private static Tensor Sq => Numbers.Get("sq");
    private static Tensor Idx => Numbers.Get("idx", int64);
    private static Tensor Pos => A.abs() + 0.5;

    private static readonly Dictionary<string, Func<Tensor>> Calls = new()
    {
        ["add"] = () => A + B,
        ["sub_alpha"] = () => A - (B * 2),
        ["mul"] = () => A * B,
        ["div"] = () => A / B,
        ["rsub"] = () => 2 - A,
        ["rdiv"] = () => 2 / A,
        ["floor_div"] = () => A.div(B, RoundingMode.floor),
        ["remainder"] = () => A % B,
        ["pow"] = () => Pos.pow(B),
        ["pow2"] = () => A.pow(2),
        ["exp"] = () => A.exp(),
        ["log"] = () => Pos.log(),
        ["sqrt"] = () => sqrt(Pos),
        ["rsqrt"] = () => Pos.rsqrt(),
        ["tanh"] = () => A.tanh(),
        ["sigmoid"] = () => A.sigmoid(),
        ["erf"] = () => A.erf(),
        ["gelu"] = () => F.gelu(A),
        ["silu"] = () => A.silu(),
        ["relu"] = () => F.relu(A),
        ["round"] = () => (A * 4).round(),
        ["clamp"] = () => A.clamp(-0.5, 0.5),
        ["clamp_min"] = () => A.clamp_min(0.1),
        ["gt"] = () => A > B,
        ["eq"] = () => (A > 0) == (B > 0),
        ["where"] = () => where(A > 0, A, B),
        ["masked_fill"] = () => A.masked_fill(A > 0, -1.0),
        ["sum"] = () => A.sum(),
        ["sum0"] = () => A.sum(0L),
        ["sum_keep"] = () => A.sum(1, keepdim: true),
        ["mean"] = () => A.mean(),
        ["mean1"] = () => A.mean([1]),
        ["var"] = () => A.var(),
        ["std1"] = () => A.std(1, unbiased: false),
        ["max"] = () => A.max(),
        ["max1"] = () => A.max(1).Item1,
        ["argmax1"] = () => A.argmax(1),
        ["topk"] = () => A.topk(2, 1).Item1,
        ["topk_i"] = () => A.topk(2, 1).Item2,
        ["sort"] = () => A.sort(1).Item1,
        ["sort_i"] = () => A.sort(1).Item2,
        ["cumsum"] = () => A.cumsum(1),
        ["logsumexp"] = () => A.logsumexp(1),
        ["softmax"] = () => A.softmax(1),
        ["log_softmax"] = () => F.log_softmax(A, 1),
        ["norm"] = () => A.norm(),
        ["norm1"] = () => A.norm(0, p: 1),
        ["linalg_norm"] = () => linalg.norm(Sq, "nuc"),
        ["amax"] = () => A.amax([0]),
        ["prod_any"] = () => (A > 1).any(1),
        ["matmul"] = () => matmul(A, Sq),
        ["mv"] = () => A.mv(V),
        ["addmm"] = () => addmm(B, A, Sq, 0.5f, 2f),
        ["outer"] = () => V.outer(V),
        ["einsum"] = () => einsum("ij,kj->ik", A, B),
        ["bmm"] = () => A.expand(2, 3, 4).bmm(Sq.expand(2, 4, 4)),
        ["svdvals"] = () => linalg.svdvals(A),
        ["inv"] = () => linalg.inv(Sq),
        ["det"] = () => linalg.det(Sq),
        ["qr_r_abs"] = () => linalg.qr(Sq).Item2.abs(),
        ["eigvalsh"] = () => linalg.eigvalsh(Sq + Sq.t()),
        ["pinv"] = () => linalg.pinv(A),
        ["t"] = () => A.T,
        ["reshape"] = () => A.reshape(2, 6),
        ["permute"] = () => A.reshape(3, 2, 2).permute(2, 0, 1),
        ["flatten"] = () => A.reshape(3, 2, 2).flatten(1),
        ["cat"] = () => cat([A, B], 1),
        ["stack"] = () => stack([A, B], 1),
        ["chunk1"] = () => A.chunk(2, 1)[1],
        ["split"] = () => A.split([1L, 2L])[1],
        ["tril"] = () => Sq.tril(-1),
        ["triu"] = () => Sq.triu(1),
        ["diag"] = () => Sq.diag(),
        ["flip"] = () => A.flip(1),
        ["roll"] = () => A.roll(1, 1),
        ["repeat"] = () => V.repeat(2, 2),
        ["gather"] = () => A.gather(0, Idx),
        ["scatter"] = () => zeros(3, 4).scatter(0, Idx, A),
        ["scatter_add"] = () => zeros(3, 4).scatter_add(0, Idx, A),
        ["index_select"] = () => A.index_select(0, tensor(new long[] { 2, 0 })),
        ["slice"] = () => A[TensorIndex.Slice(1), TensorIndex.Slice(step: 2)],
        ["ellipsis"] = () => A[TensorIndex.Ellipsis, 1],
        ["mask"] = () => A[A > 0],
        ["fancy"] = () => A[tensor(new long[] { 0, 2 }), tensor(new long[] { 1, 3 })],
        ["new_axis"] = () => A[TensorIndex.Colon, TensorIndex.None, 0],
        ["last_row"] = () => A[-1],
        ["unfold"] = () => V.unfold(0, 2, 1),
        ["linear"] = () => F.linear(A, Sq, V),
        ["layer_norm"] = () => F.layer_norm(A, [4], V, V),
        ["embedding"] = () => nn.Embedding_from_pretrained(A).call(tensor(new long[] { 2, 0 })),
        ["cross_entropy"] = () => F.cross_entropy(A, tensor(new long[] { 1, 3, 0 })),
        ["cross_entropy_smooth"] = () => F.cross_entropy(A, tensor(new long[] { 1, -100, 0 }), label_smoothing: 0.1),
        ["mse"] = () => F.mse_loss(A, B),
        ["kl"] = () => F.kl_div(A.log_softmax(1), B.log_softmax(1), log_target: true, reduction: nn.Reduction.Sum),
        ["bce"] = () => F.binary_cross_entropy_with_logits(A, (B > 0).to(float32)),
        ["conv2d"] = () => F.conv2d(A.reshape(1, 1, 3, 4), Sq[0..2, 0..2].reshape(1, 1, 2, 2), padding: [1L, 1L]),
        ["one_hot"] = () => F.one_hot(tensor(new long[] { 1, 0 }), 3),
        ["arange"] = () => arange(1, 2, 0.25),
        ["eye"] = () => eye(2, 3),
        ["linspace"] = () => linspace(0, 1, 5),
    };

    [Fact]
    public void Every_stored_number_has_its_call()
    {
        var inputs = new[] { "a", "b", "v", "sq", "idx" };
        var draws = Numbers.Names.Where(n =>
            n.StartsWith("g_", StringComparison.Ordinal) || n.StartsWith("i_", StringComparison.Ordinal)
        );
        Assert.Equal(Numbers.Names.Except(inputs).Except(draws).Order(), Calls.Keys.Order());
    }

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_call_gives_what_Python_gives(string name)
    {
        using var scope = NewDisposeScope();
        using var found = Calls[name]();
        Numbers.Same(name, found, name is "inv" or "pinv" ? 1e-4 : 4e-6);
    }

    [Fact]
    public void Explicit_generators_draw_what_Pythons_draw()
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(5);
        Numbers.Same("g_rand", rand(5, generator: g), 0);
        Numbers.Same("g_randn", randn(20, generator: g));
        Numbers.Same("g_randperm", randperm(9, generator: g));
        Numbers.Same("g_randint", randint(0, 100, [6L], generator: g));
        Numbers.Same("g_uniform", empty(3).uniform_(-2, 2, g));
        Numbers.Same("g_normal", empty(3).normal_(1, 3, g));
        Numbers.Same("g_bernoulli", empty(8).bernoulli_(0.4, g));
    }

    [Fact]
    public void The_same_seed_initialises_modules_as_Python_does()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var lin = nn.Linear(3, 2);
        using var emb = nn.Embedding(2, 3);
        using var conv = nn.Conv2d(2, 2, 2);
        Numbers.Same("i_lin_w", lin.weight);
        Numbers.Same("i_lin_b", lin.bias!);
        Numbers.Same("i_emb", emb.weight);
        Numbers.Same("i_conv_w", conv.weight);
        Numbers.Same("i_conv_b", conv.bias!);
        Numbers.Same("i_xavier", nn.init.xavier_normal_(empty(2, 3)));
        Numbers.Same("i_kaiming", nn.init.kaiming_normal_(empty(2, 3), nonlinearity: nn.init.NonlinearityType.ReLU));
    }

    [Theory, InlineData(3, 5), InlineData(5, 3)]
    public void Svd_and_qr_give_the_matrix_back(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        using var g = new Generator(1);
        var m = randn(rows, columns, float64, generator: g);
        var (u, s, vh) = linalg.svd(m, fullMatrices: false);
        Assert.True((u.mul(s).matmul(vh) - m).abs().max().ToDouble() < 1e-12);
        var (q, r) = linalg.qr(m);
        Assert.True((q.matmul(r) - m).abs().max().ToDouble() < 1e-12);
        Assert.True((q.t().matmul(q) - eye(Math.Min(rows, columns), dtype: float64)).abs().max().ToDouble() < 1e-12);
    }
}
