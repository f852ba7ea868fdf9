using ActorFed.Host.Doctor;
using ActorFed.Host.Runs;

namespace ActorFed.Host.Tests.Doctor;

/// <summary>Machines that lack something, and what the doctor says about them.</summary>
public sealed class ChecksTests : IDisposable
{
    private static readonly string[] Listed =
    [
        "libtorch-dev",
        "libopenblas0-openmp",
        "libsqlite3-0",
        "g++",
        "nodejs",
        "npm",
        "chromium",
    ];

    private static readonly Machine Healthy = new()
    {
        Packages = Listed.ToDictionary(p => p, p => $"1.0-{p.Length}"),
        HasCommand = _ => true,
        Alternative = name => $"/usr/lib/x/openblas-openmp/{name}",
        LibtorchHome = null,
        Sdks = ["9.0.100", "10.0.401"],
        Torch = () => "1.13.0",
        BlasKernels = () => "SkylakeX",
        HasVectorsToChooseBy = true,
        CudaDevices = () => 0,
        Sqlite = () => "3.40.1 (libsqlite3.so.0)",
        Memory = 8_000_000_000,
    };

    private readonly TestWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Nothing_is_red_on_a_machine_that_has_everything()
    {
        var findings = Checks.All(_world.World, Healthy).Where(f => !f.Name.StartsWith("npm ", StringComparison.Ordinal));

        Assert.All(findings, f => Assert.True(f.State != State.Missing, f.ToString()));
        Assert.All(
            [
                ".NET",
                ".NET SDK",
                "libtorch",
                "libblas.so.3",
                "liblapack.so.3",
                "BLAS kernels",
                "SQLite",
                "cores",
                "memory",
                "devices",
                "cache",
            ],
            name => Assert.Single(findings, f => f.Name == name)
        );
        Assert.Equal("10.0.401", Of(Healthy, ".NET SDK").Found);
        Assert.StartsWith($"{Environment.ProcessorCount}, ", Of(Healthy, "cores").Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_package_of_the_list_has_one_line_with_its_version()
    {
        var lines = Checks.All(_world.World, Healthy).Where(f => f.Name.StartsWith("Debian ", StringComparison.Ordinal)).ToList();

        Assert.Equal(Listed.Select(p => $"Debian {p}"), lines.Select(f => f.Name));
        Assert.Equal(Listed.Select(p => $"1.0-{p.Length}"), lines.Select(f => f.Found));
        Assert.Equal(Listed, DebianChecks.List().Select(e => e.Package).Distinct());
    }

    [Theory]
    [InlineData("libtorch-dev", State.Missing)]
    [InlineData("libopenblas0-openmp", State.Missing)]
    [InlineData("libsqlite3-0", State.Missing)]
    [InlineData("g++", State.Missing)]
    [InlineData("nodejs", State.Weak)]
    [InlineData("chromium", State.Weak)]
    public void A_package_that_is_not_installed_says_how_to_install_it(string package, State state)
    {
        var without = Healthy with
        {
            Packages = Healthy.Packages!.Where(p => p.Key != package).ToDictionary(), // fault
            HasCommand = _ => false,
        };

        var found = Of(without, $"Debian {package}");

        Assert.Equal(state, found.State);
        Assert.StartsWith("not installed", found.Found, StringComparison.Ordinal);
        Assert.Equal($"apt-get install -y --no-install-recommends {package}", found.Remedy);
    }

    [Fact]
    public void A_compiler_from_elsewhere_will_do_and_so_does_a_libtorch_of_one_s_own()
    {
        var bare = Healthy with { Packages = new Dictionary<string, string>() };

        Assert.Equal(State.Good, Of(bare, "Debian g++").State);
        Assert.Equal(State.Missing, Of(bare, "Debian libtorch-dev").State);
        var own = bare with { LibtorchHome = "/opt/libtorch" };
        Assert.Equal(State.Good, Of(own, "Debian libtorch-dev").State);
        Assert.Equal("inside /opt/libtorch", Of(own, "BLAS").Found);
        Assert.Equal(State.Missing, Of(own, "Debian libsqlite3-0").State);
    }

    [Fact]
    public void Without_dpkg_nothing_is_claimed_about_packages() =>
        Assert.Equal(State.Weak, Of(Healthy with { Packages = null }, "Debian libtorch-dev").State);

    [Fact]
    public void Another_BLAS_is_red_with_the_line_that_selects_the_right_one()
    {
        var netlib = Healthy with { Alternative = name => $"/usr/lib/x/blas/{name}" }; // fault: Netlib's is selected

        var found = Of(netlib, "libblas.so.3");

        Assert.Equal(State.Missing, found.State);
        Assert.Contains("/usr/lib/x/blas/libblas.so.3", found.Found, StringComparison.Ordinal);
        Assert.Matches("^update-alternatives --set libblas.so.3-.* /usr/lib/.*/openblas-openmp/libblas.so.3$", found.Remedy);
    }

    [Fact]
    public void No_BLAS_is_red_with_the_package_to_install()
    {
        var found = Of(Healthy with { Alternative = _ => null }, "liblapack.so.3"); // fault

        Assert.Equal((State.Missing, "apt-get install libopenblas0-openmp"), (found.State, found.Remedy));
    }

    [Theory]
    [InlineData("SkylakeX", "SKYLAKEX", State.Good, "SkylakeX (OPENBLAS_CORETYPE is SKYLAKEX)")]
    [InlineData("Cooperlake", null, State.Weak, "Cooperlake, by the processor's model")] // fault: not started by ./actorfed
    [InlineData("", null, State.Good, "of a BLAS that does not tell")]
    public void Matrix_kernels_are_named_with_what_chose_them(string kernels, string? chosen, State state, string says)
    {
        if (chosen is not null)
        {
            _world.With(Blas.Variable, chosen);
        }

        var found = Of(Healthy with { BlasKernels = () => kernels }, "BLAS kernels");
        Assert.Equal((state, says), (found.State, found.Found));
    }

    [Fact]
    public void Where_nothing_is_chosen_by_instructions_the_model_s_kernels_are_good()
    {
        var found = Of(Healthy with { BlasKernels = () => "Nehalem", HasVectorsToChooseBy = false }, "BLAS kernels");
        Assert.Equal((State.Good, "Nehalem, by the processor's model"), (found.State, found.Found));
    }

    [Fact]
    public void A_libtorch_that_cannot_be_loaded_is_red_with_the_loader_s_words()
    {
        var broken = Healthy with
        {
            Torch = () => // fault: the binding's type initialiser finds no library
                throw new TypeInitializationException(
                    "Native",
                    new DllNotFoundException("libtorch_cpu.so: cannot open\nno such file")
                ),
        };

        var found = Of(broken, "libtorch");

        Assert.Equal((State.Missing, "libtorch_cpu.so: cannot open no such file"), (found.State, found.Found));
        Assert.Contains("eng/setup.sh", found.Remedy, StringComparison.Ordinal);
        Assert.Equal(State.Good, Of(broken, "SQLite").State); // the other checks go on
    }

    [Fact]
    public void SQLite_is_red_when_it_cannot_be_loaded_and_weak_when_it_is_the_old_copy()
    {
        var none = Of(Healthy with { Sqlite = () => throw new DllNotFoundException("e_sqlite3") }, "SQLite"); // fault
        var old = Of(Healthy with { Sqlite = () => "3.28.0 (bundled)" }, "SQLite"); // fault: no library of the system's

        Assert.Equal((State.Missing, "apt-get install libsqlite3-0"), (none.State, none.Remedy));
        Assert.Equal((State.Weak, "apt-get install libsqlite3-0"), (old.State, old.Remedy));
    }

    [Fact]
    public void A_runtime_without_the_SDK_is_red()
    {
        var found = Of(Healthy with { Sdks = ["9.0.100"] }, ".NET SDK"); // fault

        Assert.Equal(State.Missing, found.State);
        Assert.Contains("https://", found.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Little_memory_is_weak_and_devices_are_counted()
    {
        Assert.Equal(State.Weak, Of(Healthy with { Memory = 1_000_000_000 }, "memory").State);
        Assert.Equal("cpu", Of(Healthy, "devices").Found);
        Assert.Equal("cpu, 2 CUDA", Of(Healthy with { CudaDevices = () => 2 }, "devices").Found);
    }

    [Fact]
    public void A_cache_that_is_not_there_is_red()
    {
        _world.With("ACTORFED_CACHE", _world.In("nowhere")); // fault

        Assert.Equal((State.Missing, "run eng/setup.sh, or set ACTORFED_CACHE"), Pair(Of(Healthy, "cache")));

        static (State, string?) Pair(Finding f) => (f.State, f.Remedy);
    }

    [Fact]
    public void Only_what_is_installed_counts_in_dpkg_s_list()
    {
        string[] status =
        [
            "Package: one",
            "Status: install ok installed",
            "Architecture: amd64",
            "Version: 1.2-3",
            "Description: first",
            " Version: not a field",
            "",
            "Package: gone",
            "Status: deinstall ok config-files",
            "Version: 9",
            "",
            "Package: half",
            "Status: install reinstreq half-installed",
            "Version: 8",
        ];

        Assert.Equal(new Dictionary<string, string> { ["one"] = "1.2-3" }, DpkgStatus.Read(status));
    }

    private Finding Of(Machine machine, string name) => Checks.All(_world.World, machine).Single(f => f.Name == name);
}
