using ActorFed.Host.Comparison;
using ActorFed.Host.Settings;
using Akka.Configuration;

namespace ActorFed.Host.Tests.Comparison;

/// <summary>What a finished cell is known by: options that came later, and a user's own methods, may not make it unknown.</summary>
public sealed class CellIdTests
{
    [Fact]
    public void An_option_that_is_off_is_no_part_of_the_name_and_one_that_is_on_is()
    {
        var settings = Load("fedit");
        string[] later =
        [
            "head.personal",
            "methods.sha256",
            "upload.encoding",
            "upload.block",
            "upload.error-feedback",
            "server.standbys",
        ];
        var before = settings with { Texts = settings.Texts.RemoveRange(later.Select(l => $"actorfed.{l}")) };

        Assert.Equal(IdOf(before), IdOf(settings));
        Assert.NotEqual(IdOf(settings), IdOf(Load("fedit", "actorfed.head.personal = on")));
        Assert.NotEqual(IdOf(settings), IdOf(Load("fedit", "actorfed.upload.encoding = int8")));
        Assert.NotEqual(
            IdOf(Load("fedit", "actorfed.upload { encoding = int8, block = 32 }")),
            IdOf(Load("fedit", "actorfed.upload.encoding = int8"))
        );
        Assert.NotEqual(IdOf(settings), IdOf(Load("fedit", "actorfed.lora.rank = 3")));
        Assert.NotEqual(IdOf(settings), IdOf(Load("fedit", "actorfed.server.optimizer = fedadam")));
    }

    [Fact]
    public void The_code_of_own_methods_is_part_of_their_cells_names_and_of_no_others()
    {
        var assembly = $"actorfed.methods.assemblies = \"{Path.Combine(AppContext.BaseDirectory, "MyMethod.dll")}\"";
        var (with, own) = (Load("fedit", assembly), Load("my-method", assembly));
        var rebuilt = own with { Texts = own.Texts.SetItem("actorfed.methods.sha256", new('0', 64)) };

        Assert.Equal(IdOf(Load("fedit")), IdOf(with));
        Assert.NotEqual(IdOf(own), IdOf(rebuilt));
        Assert.NotEqual(IdOf(own), IdOf(Load("my-method", assembly + "\nactorfed.my-method.step = 0.5")));
    }

    private static RunSettings Load(string method, string more = "") =>
        SettingsLoader.Load(
            ConfigurationFactory.ParseString($"actorfed.run.method = {method}\n{more}").WithFallback(SettingsLoader.Standard)
        );

    private static string IdOf(RunSettings settings)
    {
        var reads = new MethodReads(
            settings.Method,
            touchesEncoder: true,
            isClosedForm: false,
            trainsHead: true,
            startsFromRidge: false,
            settings.Methods
        );
        return Cell.IdOf(CellKind.Test, settings, reads, ["data"]);
    }
}
