using System.Diagnostics;
using System.Runtime.InteropServices;
using ActorFed.Kernel.Torch;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class FaultTests
{
    [Fact]
    public void A_refused_call_names_the_operation_and_the_shapes()
    {
        using var scope = NewDisposeScope();
        var e = Assert.ThrowsAny<ExternalException>(() => zeros(2, 3).matmul(zeros(4, 5)));
        Assert.Contains("matmul(Float[2, 3], Float[4, 5]): ", e.Message);
        Assert.DoesNotContain("frame #", e.Message);
    }

    [Fact]
    public void A_refused_call_leaves_no_handle_behind()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (zeros(2, 3), zeros(4, 5));
        var before = Live.Handles();
        for (var i = 0; i < 10; i++)
        {
            Assert.Throws<TorchException>(() => a.matmul(b));
            Assert.Throws<TorchException>(() => a.split(-1));
            Assert.Throws<TorchException>(() => linalg.qr(a[0]));
        }
        scope.DisposeEverythingBut(a, b);
        Assert.Equal(before, Live.Handles());
    }

    [Fact]
    public void No_memory_is_an_exception_of_its_own()
    {
        var e = Assert.Throws<TorchOutOfMemoryException>(() => empty(1L << 50)); // fault: 4 PiB are asked for
        Assert.Contains("empty", e.Message);
    }

    [Fact]
    public void A_freed_tensor_is_refused()
    {
        var freed = zeros(2);
        freed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => freed + 1);
        using var live = zeros(2);
        Assert.Throws<ObjectDisposedException>(() => live + freed);
        Assert.Throws<ObjectDisposedException>(() => cat([live, freed]));
        Assert.Equal("[disposed]", freed.ToString());
    }

    [Fact]
    public void Numbers_of_another_type_are_refused()
    {
        using var x = zeros(2);
        Assert.Contains("Float32 does not hold Double", Assert.Throws<ArgumentException>(() => x.data<double>()).Message);
        Assert.Contains("3 numbers do not fill", Assert.Throws<ArgumentException>(() => tensor(new float[3], [2L, 2L])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.data<float>()[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.size(1));
        using var turned = zeros(2, 3).t();
        Assert.Throws<InvalidOperationException>(() => turned.bytes.Length);
        Assert.Throws<ArgumentException>(() => new Device("gpu:0"));
    }

    [Fact]
    public void A_missing_binding_says_where_it_was_looked_for_and_how_to_get_it()
    {
        var candidates = NativeLoader.Candidates("no/such/folder.so", "beside").ToArray();
        Assert.Equal(["no/such/folder.so", Path.Combine("beside", "libactorfed_torch.so")], candidates);
        var e = Assert.Throws<DllNotFoundException>(() => NativeLoader.Load(candidates));
        Assert.Contains("no/such/folder.so: no such file", e.Message);
        Assert.Contains("native/build.sh", e.Message);
        Assert.Contains("ACTORFED_NATIVE", e.Message);
    }

    [Fact]
    public void A_file_that_is_no_binding_is_refused()
    {
        using var folder = new TemporaryFolder();
        var broken = folder.Write("broken.so", "not a library"); // fault: the file is damaged
        Assert.Contains(broken, Assert.Throws<DllNotFoundException>(() => NativeLoader.Load([broken])).Message);
        Assert.Contains("no af_abi_version", Assert.Throws<DllNotFoundException>(() => NativeLoader.Load([Torch()])).Message);

        // fault: a library of another make
        static string Torch() =>
            File.ReadLines("/proc/self/maps")
                .Select(l => l.Split(' ')[^1])
                .First(f => f.Contains("libc10", StringComparison.Ordinal));
    }

    [Fact]
    public void A_binding_of_another_version_is_refused_with_both_versions_and_the_cure()
    {
        using var folder = new TemporaryFolder();
        var (source, library) = (
            folder.Write("old.cpp", "extern \"C\" int af_abi_version() { return 1234; }"),
            folder.At("old.so")
        );
        using (var compiler = Process.Start("g++", ["-shared", "-fPIC", "-o", library, source])) // fault: built from another source
        {
            compiler.WaitForExit();
            Assert.Equal(0, compiler.ExitCode);
        }

        var e = Assert.Throws<DllNotFoundException>(() => NativeLoader.Load([library]));

        Assert.StartsWith($"{library} has ABI version 1234, this program needs {Native.AbiVersion}: ", e.Message);
        Assert.Contains("native/build.sh", e.Message);
    }

    [Fact]
    public void Optimisers_and_modules_refuse_what_would_train_wrongly()
    {
        using var linear = nn.Linear(2, 2);
        Assert.Throws<ArgumentException>(() => optim.SGD(linear.parameters().Concat(linear.parameters()), 0.1));
        Assert.Throws<ArgumentException>(() => optim.SGD(linear.parameters(), 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => linear.register_module("weight", linear));
        var missing = Assert.Throws<InvalidOperationException>(() => linear.load_state_dict([]));
        Assert.Contains("missing [weight, bias]", missing.Message);
        using var wrong = zeros(3, 3);
        var e = Assert.Throws<InvalidOperationException>(() =>
            linear.load_state_dict(new() { ["weight"] = wrong }, strict: false)
        );
        Assert.Contains("weight has shape [2, 2], the state gives [3, 3]", e.Message);
    }

    [Fact]
    public void Borrowed_memory_is_given_back_once_its_last_view_is_gone()
    {
        var memory = Marshal.AllocHGlobal(16);
        Marshal.Copy(new float[] { 1, 2, 3, 4 }, 0, memory, 4);
        var released = 0;
        var whole = TorchRuntime.FromMemory(memory, [4], float32, () => released++);
        var part = whole.slice(0, 1, 3, 1);
        whole.Dispose();
        Assert.Equal(0, released);
        Assert.Equal([2f, 3f], part.data<float>().ToArray());
        part.Dispose();
        Assert.Equal(1, released);
        Marshal.FreeHGlobal(memory);
    }
}
