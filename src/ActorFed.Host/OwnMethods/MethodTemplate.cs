using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using ActorFed.Training.Methods;

namespace ActorFed.Host.OwnMethods;

/// <summary>A commented method of one's own with its test and projects, under another name. The template itself is built and tested with the program.</summary>
/// <param name="name">The method's name: small letters, digits and dashes.</param>
/// <param name="bin">Where the program's assemblies lie.</param>
internal sealed partial class MethodTemplate(string name, string bin)
{
    private const string Resources = "ActorFed.Host.OwnMethods.";
    private const string Class = "MyMethod";

    // Resource of the template, and the file that it becomes.
    private static readonly (string Resource, string File)[] Parts =
    [
        ("MyMethod.cs", "MyMethod/MyMethod.cs"),
        ("MyMethod.csproj.txt", "MyMethod/MyMethod.csproj"),
        ("MyMethodTests.cs", "MyMethod.Tests/MyMethodTests.cs"),
        ("MyMethod.Tests.csproj.txt", "MyMethod.Tests/MyMethod.Tests.csproj"),
        ("Directory.Build.props.txt", "Directory.Build.props"),
        ("README.md.txt", "README.md"),
    ];

    /// <summary>The class that the name becomes: my-method is MyMethod.</summary>
    public string ClassName =>
        string.Concat(name.Split('-').Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    /// <summary>Its files, by their path below the new folder.</summary>
    /// <exception cref="UsageException">The name cannot be one of a method, or there is such a method or class already.</exception>
    public ImmutableSortedDictionary<string, string> Files()
    {
        Check();
        return Parts.ToImmutableSortedDictionary(
            p => Renamed(p.File),
            p => Filled(Renamed(Read(p.Resource))),
            StringComparer.Ordinal
        );
    }

    private void Check()
    {
        if (!Name().IsMatch(name))
        {
            throw new UsageException($"new method {name}: small letters, digits and dashes are expected, e.g. my-method.");
        }

        if (MethodCatalog.All.Any(m => m.Name == name))
        {
            throw new UsageException($"new method {name}: there is a method {name} already.");
        }

        // A class of ours that this one would hide makes errors far from their cause.
        if (typeof(IMethodLibrary).Assembly.GetExportedTypes().Any(t => t.Name == ClassName))
        {
            throw new UsageException(
                $"new method {name}: its class {ClassName} would hide one of ActorFed.Training; take another name."
            );
        }
    }

    private string Renamed(string text) =>
        text.Replace(Class, ClassName, StringComparison.Ordinal).Replace("my-method", name, StringComparison.Ordinal);

    private string Filled(string text) =>
        Blank().Replace(text, m => m.Groups[1].Value == "bin" ? bin : Version(m.Groups[1].Value));

    // The test packages are those that the program itself is tested with.
    private static string Version(string package) =>
        Regex.Match(Read("Directory.Packages.props"), $"Include=\"{Regex.Escape(package)}\" Version=\"([^\"]+)\"").Groups[1].Value
            is { Length: > 0 } version
            ? version
            : throw new InvalidOperationException(
                $"The template names {package}, which has no version in Directory.Packages.props."
            );

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resources + resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Name();

    [GeneratedRegex("@([A-Za-z.]+)@")]
    private static partial Regex Blank();
}
