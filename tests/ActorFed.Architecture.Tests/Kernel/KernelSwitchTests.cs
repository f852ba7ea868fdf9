using System.Text.Json;

namespace ActorFed.Architecture.Tests.Kernel;

/// <summary>Both kernels restored in one checkout, in either order: nothing that one writes is read by the other.</summary>
public sealed class KernelSwitchTests
{
    [Fact]
    public void Both_restores_live_in_one_checkout_and_do_not_mix()
    {
        using var checkout = new MiniatureCheckout();

        Restore(checkout, "packages");
        AssertIsPackage(checkout, "packages", "Akka.Hosting", "1.5.55");
        AssertIsPackage(checkout, "packages", "TorchSharp", "0.107.0");
        Assert.Empty(LockFiles(checkout)); // only the embedded graph is locked
        var packages = Assets(checkout, "packages");

        Restore(checkout, "embedded");
        AssertIsProject(checkout, "embedded", "Akka.Hosting");
        AssertIsProject(checkout, "embedded", "TorchSharp");
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
