using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using ActorFed.Actors.Configuration;
using ActorFed.Host.OwnMethods;
using ActorFed.Host.Settings;
using ActorFed.Training.Methods;
using Akka.Configuration;

namespace ActorFed.Host.Tests.OwnMethods;

/// <summary>Assemblies of methods outside the program: one that is right, and every way of being wrong.</summary>
public sealed class MethodAssembliesTests : IDisposable
{
    private const string Assemblies = MethodAssemblies.Key;
    private readonly TestWorld _world = new();

    private static string Prebuilt => Path.Combine(AppContext.BaseDirectory, "MyMethod.dll");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_method_of_ones_own_has_its_name_its_settings_and_its_origin()
    {
        var settings = Load((Assemblies, Prebuilt), ("actorfed.run.method", "my-method"), ("actorfed.my-method.step", "0.5"));

        Assert.Equal("my-method", settings.Method);
        Assert.Equal(0.5, settings.Training.Number("my-method.step"));
        Assert.Equal(0, settings.Training.Number("my-method.decay"));
        Assert.Matches("^MyMethod [0-9.]+ sha256:[0-9a-f]{64}$", settings.Methods.All[^1].Origin);
        Assert.Matches("^[0-9a-f]{64}$", settings["methods.sha256"]);
    }

    [Fact]
    public void The_program_without_it_knows_nothing_of_it()
    {
        _ = Load((Assemblies, Prebuilt)); // loaded once in this process, and yet another run does not see it

        Assert.DoesNotContain("my-method", MethodCatalog.BuiltIn.Names);
        Assert.Equal("", Load()["methods.sha256"]);
        Assert.Contains("one of fedit", Broken(("actorfed.run.method", "my-method")), StringComparison.Ordinal);
        Assert.Contains("unknown key", Broken(("actorfed.my-method.step", "1")), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_settings_are_checked_as_all_others_are()
    {
        var message = Broken((Assemblies, Prebuilt), ("actorfed.my-method.step", "11"), ("actorfed.my-method.stepp", "1"));

        Assert.Contains("actorfed.my-method.step = 11: a number from 0.001 to 10 is expected", message, StringComparison.Ordinal);
        Assert.Contains("did you mean actorfed.my-method.step?", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_is_relative_to_the_folder_of_the_process()
    {
        File.Copy(Prebuilt, _world.In("own.dll"));

        Assert.Contains("my-method", Load((Assemblies, "own.dll")).Methods.Names);
    }

    [Fact]
    public void A_file_that_is_not_there_is_missing_and_says_how_to_get_it()
    {
        var fault = Assert.Throws<MissingException>(() => Load((Assemblies, "nowhere.dll"))); // fault: not built

        Assert.Contains(
            $"{Assemblies}: {_world.In("nowhere.dll")} is not there: build its project",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_no_assembly_is_named()
    {
        _world.Write("text.dll", "no assembly"); // fault: another kind of file
        File.WriteAllBytes(_world.In("half.dll"), File.ReadAllBytes(Prebuilt)[..1500]); // fault: half a copy

        Assert.Contains("text.dll: it is no .NET assembly", Fault("text.dll"), StringComparison.Ordinal);
        Assert.Contains("half.dll: it is no", Fault("half.dll"), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Fault("."), StringComparison.Ordinal); // fault: a folder
    }

    [Theory]
    [InlineData("ActorFed.Actors.dll")] // knows ActorFed.Training, and has no methods of its own
    [InlineData("Dapper.dll")]
    public void An_assembly_without_a_method_says_what_makes_one(string file) =>
        Assert.Contains(
            "it has no method: a public class with a constructor without parameters has to implement IMethodLibrary",
            Fault(Path.Combine(AppContext.BaseDirectory, file)),
            StringComparison.Ordinal
        );

    [Fact]
    public void The_same_name_twice_is_a_clash()
    {
        File.Copy(Prebuilt, _world.In("copy.dll")); // fault: two assemblies with a method of one name

        Assert.Contains("copy.dll: there is a method my-method already", Fault($"{Prebuilt} copy.dll"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    public void One_that_was_built_against_another_version_is_refused_before_it_runs(ushort major, ushort minor)
    {
        File.WriteAllBytes(_world.In("old.dll"), AgainstVersion(major, minor)); // fault: an assembly of another release

        Assert.Contains(
            $"it was built against ActorFed.Training {major}.{minor}.0.0, this program has 0.1.0.0: build it anew",
            Fault("old.dll"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_run_goes_on_only_with_the_code_that_it_began_with()
    {
        var began = Load((Assemblies, Prebuilt));
        var again = SettingsLoader.Load(ConfigurationFactory.ParseString(began.ToText()), _world.Folder);
        var bytes = File.ReadAllBytes(Prebuilt);
        File.WriteAllBytes(_world.In("own.dll"), [.. bytes, 0]); // fault: built anew since
        var texts = began.Texts.SetItem(Assemblies, "own.dll");

        Assert.Equal(began.Hash, again.Hash);
        Assert.Contains(
            "the assemblies are not those that this run began with",
            Assert
                .Throws<UserException>(() =>
                    SettingsLoader.Load(ConfigurationFactory.ParseString(SettingTree.Text(texts)), _world.Folder)
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Names_and_settings_keep_the_rules_of_the_catalogue()
    {
        var entry = new MethodEntry("own", "A method.", [], _ => throw new InvalidOperationException());
        var spec = Training.Settings.SettingSpec.Number("own.x", 1, 0, 2, "", "A number.");

        Assert.Equal("own", MethodCatalog.BuiltIn.With([entry with { Settings = [spec] }]).Specs[^1].Key[..3]);
        Assert.Contains("'Own' is not made of small letters", Clash(entry with { Name = "Own" }), StringComparison.Ordinal);
        Assert.Contains("there is a method fedit already", Clash(entry with { Name = "fedit" }), StringComparison.Ordinal);
        Assert.Contains("has no list of settings", Clash(entry with { Settings = default }), StringComparison.Ordinal);
        Assert.Contains("own.x of own is there already", Clash(entry with { Settings = [spec, spec] }), StringComparison.Ordinal);
        Assert.Contains(
            "does not begin with 'own.'",
            Clash(entry with { Settings = [spec with { Key = "lora.own" }] }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the default '3' of own.x is not",
            Clash(entry with { Settings = [spec with { Default = "3" }] }),
            StringComparison.Ordinal
        );
    }

    private static string Clash(MethodEntry entry) =>
        Assert.Throws<ArgumentException>(() => MethodCatalog.BuiltIn.With([entry])).Message;

    private RunSettings Load(params (string Path, string Text)[] said) =>
        SettingsLoader.Load(
            new SettingOverrides(null, [.. said.Select(s => KeyValuePair.Create(s.Path, s.Text))])
                .ToConfig()
                .WithFallback(SettingsLoader.Standard),
            _world.Folder
        );

    private string Broken(params (string Path, string Text)[] said) =>
        Assert.Throws<InvalidSettingsException>(() => Load(said)).Message;

    private string Fault(string file)
    {
        var fault = Assert.Throws<UserException>(() => Load((Assemblies, file)));
        Assert.Equal(ExitCode.BadSettings, fault.Code);
        return fault.Message;
    }

    // The prebuilt assembly with another version written into its reference to ActorFed.Training.
    private static byte[] AgainstVersion(ushort major, ushort minor)
    {
        var bytes = File.ReadAllBytes(Prebuilt);
        using var portable = new PEReader(new MemoryStream(bytes));
        var metadata = portable.GetMetadataReader();
        var row = metadata
            .AssemblyReferences.Select((handle, index) => (metadata.GetString(metadata.GetAssemblyReference(handle).Name), index))
            .Single(r => r.Item1 == "ActorFed.Training")
            .index;
        var at =
            portable.PEHeaders.MetadataStartOffset
            + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
            + (row * metadata.GetTableRowSize(TableIndex.AssemblyRef));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), major);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at + 2), minor);
        return bytes;
    }
}
