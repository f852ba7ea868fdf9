using System.Text.Json;
using System.Text.RegularExpressions;

namespace ActorFed.Architecture.Tests.Kernel;

/// <summary>Both kernels restored in one checkout, in either order: nothing that one writes is read by the other.</summary>
public sealed partial class KernelSwitchTests
{
    [Fact]
    public void Both_restores_live_in_one_checkout_and_do_not_mix()
    {
        using var checkout = new MiniatureCheckout();

        Restore(checkout, "packages");
        AssertIsPackage(checkout, "packages", "Akka.Hosting", "1.5.55");
        AssertIsPackage(checkout, "packages", "TorchSharp", "0.107.0");
        AssertIsPackage(checkout, "packages", "libtorch-cpu-linux-x64", "2.10.0.1"); // whoever takes TorchSharp takes a libtorch
        Assert.Empty(LockFiles(checkout)); // only the embedded graph is locked
        var packages = Assets(checkout, "packages");

        Restore(checkout, "embedded");
        AssertIsProject(checkout, "embedded", "Akka.Hosting");
        AssertIsProject(checkout, "embedded", "TorchSharp");
        Assert.DoesNotContain("libtorch-cpu", Assets(checkout, "embedded"), StringComparison.Ordinal);
        Assert.Contains("packages.embedded.lock.json", LockFiles(checkout));
        Assert.DoesNotContain(
            "\"Akka\": {\n        \"type\": \"Direct\"",
            File.ReadAllText(Lock(checkout)),
            StringComparison.Ordinal
        );
        Assert.Equal(packages, Assets(checkout, "packages")); // the other restore left it alone
        var (embedded, locked) = (Assets(checkout, "embedded"), File.ReadAllText(Lock(checkout)));

        Restore(checkout, "packages"); // and back: still the packages, and the lock is untouched
        AssertIsPackage(checkout, "packages", "Akka.Hosting", "1.5.55");
        Assert.Equal(embedded, Assets(checkout, "embedded"));
        Assert.Equal(locked, File.ReadAllText(Lock(checkout)));
        Assert.Equal(
            ["embedded", "packages"],
            Directory.GetDirectories(checkout.PathOf("src", "ActorFed.Host", "obj")).Select(Path.GetFileName).Order()
        );
    }

    [Fact]
    public void With_the_packages_the_solution_restores_and_what_is_about_the_embedded_kernel_is_nothing()
    {
        using var checkout = new MiniatureCheckout();

        var (code, said) = checkout.Restore("packages", "ActorFed.sln");

        Assert.True(code == 0, said);
        foreach (var project in MiniatureCheckout.Projects)
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var folder = Repository.Relative(Path.GetDirectoryName(project)!);
            Assert.True(
                IsLeftOut(name) == (Libraries(checkout, folder).Count == 0),
                $"{name}: {string.Join(", ", Libraries(checkout, folder))}"
            );
        }

        Assert.Contains("Akka.TestKit.Xunit2/1.5.55", Libraries(checkout, "tests/ActorFed.Actors.Tests"));
        Assert.Contains("libtorch-cpu-linux-x64/2.10.0.1", Libraries(checkout, "tests/ActorFed.Training.Tests"));
        (code, said) = checkout.Dotnet("packages", "build", "tests/Akka.Tests", "--no-restore");
        Assert.True(code == 0, said);
        Assert.False(Directory.Exists(checkout.PathOf("tests", "Akka.Tests", "bin")));
    }

    [Fact]
    public void Another_platform_s_libtorch_can_be_named()
    {
        using var checkout = new MiniatureCheckout();
        checkout.Pack("libtorch-cpu-osx-arm64", "2.10.0.1");

        var (code, said) = checkout.Dotnet(
            "packages",
            "restore",
            "src/ActorFed.Training",
            "-p:LibtorchPackage=libtorch-cpu-osx-arm64"
        );

        Assert.True(code == 0, said);
        Assert.Contains("libtorch-cpu-osx-arm64/2.10.0.1", Libraries(checkout, "src/ActorFed.Training"));
        Assert.DoesNotContain("libtorch-cpu-linux-x64/2.10.0.1", Libraries(checkout, "src/ActorFed.Training"));
    }

    [Fact]
    public void What_stays_in_with_the_packages_names_nothing_that_only_the_embedded_kernel_has()
    {
        var counters = new Regex(@"ActorFed\.Kernel\.Torch|TorchRuntime");
        var seen = MiniatureCheckout
            .Projects.Where(project => !IsLeftOut(Path.GetFileNameWithoutExtension(project)))
            .SelectMany(project =>
            {
                var only = EmbeddedOnly().Match(File.ReadAllText(project)).Groups["files"].Value.Split(';');
                var folder = Path.GetDirectoryName(project)!;
                return Repository
                    .Files(Repository.Relative(folder), ".cs")
                    .Where(file => !only.Contains(Path.GetRelativePath(folder, file), StringComparer.Ordinal));
            })
            .Where(file => !file.EndsWith($"{nameof(KernelSwitchTests)}.cs", StringComparison.Ordinal));
        Assert.Empty(Repository.Lines(seen, counters));
    }

    [Fact]
    public void An_unknown_kernel_is_refused_by_name()
    {
        using var checkout = new MiniatureCheckout();
        var (code, said) = checkout.Restore("imaginary");
        Assert.NotEqual(0, code);
        Assert.Contains("Kernel=imaginary is unknown: use embedded or packages.", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_project_of_the_kernel_that_is_referenced_has_a_pinned_package()
    {
        var pinned = MiniatureCheckout.PinnedPackages().Select(package => package.Id).ToHashSet(StringComparer.Ordinal);
        var own = Repository.Files("kernel", ".csproj").Select(path => Path.GetFileNameWithoutExtension(path));
        Assert.Empty(
            own.Where(name => !name.StartsWith("ActorFed.Kernel.", StringComparison.Ordinal))
                .Except(pinned, StringComparer.Ordinal)
        );
    }

    // The kernel, tests of what is inside it, benches beside it; virtual time stands on either kernel.
    private static bool IsLeftOut(string project) =>
        project is "ActorFed.Benchmarks" or "ActorFed.Kernel.VirtualTime.Tests"
        || project.StartsWith("Akka", StringComparison.Ordinal)
        || project.StartsWith("TorchSharp", StringComparison.Ordinal);

    private static List<string> Libraries(MiniatureCheckout checkout, string folder)
    {
        var path = checkout.PathOf([.. folder.Split('/'), "obj", "packages", "project.assets.json"]);
        using var assets = JsonDocument.Parse(File.ReadAllText(path));
        return [.. assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name)];
    }

    [GeneratedRegex("""<EmbeddedKernelOnly Include="(?<files>[^"]+)" />""")]
    private static partial Regex EmbeddedOnly();

    private static void Restore(MiniatureCheckout checkout, string kernel)
    {
        var (code, said) = checkout.Restore(kernel);
        Assert.True(code == 0, said);
    }

    private static string Assets(MiniatureCheckout checkout, string kernel) =>
        File.ReadAllText(checkout.PathOf("src", "ActorFed.Host", "obj", kernel, "project.assets.json"));

    private static string Lock(MiniatureCheckout checkout) =>
        checkout.PathOf("src", "ActorFed.Host", "packages.embedded.lock.json");

    private static IEnumerable<string> LockFiles(MiniatureCheckout checkout) =>
        Directory
            .GetFiles(checkout.PathOf("src"), "packages*.lock.json", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path))
            .Distinct();

    private static void AssertIsPackage(MiniatureCheckout checkout, string kernel, string name, string version) =>
        Assert.Equal("package", Library(checkout, kernel, $"{name}/{version}"));

    private static void AssertIsProject(MiniatureCheckout checkout, string kernel, string name) =>
        Assert.Equal("project", Library(checkout, kernel, $"{name}/0.1.0"));

    private static string? Library(MiniatureCheckout checkout, string kernel, string key)
    {
        using var assets = JsonDocument.Parse(Assets(checkout, kernel));
        return assets.RootElement.GetProperty("libraries").GetProperty(key).GetProperty("type").GetString();
    }
}
