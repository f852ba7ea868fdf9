using System.Reflection;

namespace Akka.Tests.PublicSurface;

/// <summary>
/// What an assembly shows to its users changes only on purpose: its text is committed, and a test holds the assembly against it. Linked
/// into each test project that has such texts.
/// </summary>
/// <param name="project">The test project, a folder of tests/.</param>
internal sealed class ApprovedSurface(string project)
{
    private const string Variable = "ACTORFED_APPROVE_SURFACE";
    private const string Extras = "ActorFed.Kernel";

    /// <summary>The types that an assembly shows, in the order of the text; those that are our own beside a library are left out.</summary>
    public static Type[] TypesOf(Assembly assembly) =>
        [
            .. assembly
                .GetExportedTypes()
                .Where(t =>
                    t.Namespace?.StartsWith(Extras, StringComparison.Ordinal) != true
                    || assembly.GetName().Name!.StartsWith(Extras, StringComparison.Ordinal)
                )
                .OrderBy(t => t.FullName, StringComparer.Ordinal),
        ];

    /// <summary>Fails when the types are not as approved; with the variable set, approves them as they are.</summary>
    /// <param name="name">The text is PublicSurface/(name).approved.txt.</param>
    public void Hold(string name, IEnumerable<Type> types)
    {
        string[] seen = [.. types.SelectMany(t => SurfaceText.Members(t).Select(m => "  " + m).Prepend(SurfaceText.TypeName(t)))];
        var path = Path.Combine(Folder("PublicSurface"), name + ".approved.txt");
        if (Environment.GetEnvironmentVariable(Variable) == "1")
            File.WriteAllLines(path, seen);
        var approved = File.Exists(path) ? File.ReadAllLines(path) : [];
        Assert.True(approved.SequenceEqual(seen, StringComparer.Ordinal), Message(name, Difference(approved, seen)));
    }

    /// <summary>Fails when a class, or a member of a listed type, is neither listed in Reference/ with that signature nor implied.</summary>
    /// <param name="reference">The published surface of the library that the types stand for.</param>
    /// <param name="implied">What is not listed and yet must be there: "type" or "type: member", below a line with # that says why.</param>
    public void HoldTo(string reference, string implied, Type[] types)
    {
        var list = new ReferenceList(Lines(reference));
        var known = Lines(implied).Where(l => l.Length > 0 && l[0] != '#').ToHashSet(StringComparer.Ordinal);
        var classes = types.Where(t => !t.IsInterface).Select(SurfaceText.TypeName).Where(name => !list.Knows(name));
        var members =
            from type in types
            let name = SurfaceText.TypeName(type)
            where list.Knows(name)
            from member in SurfaceText.Members(type)
            where !list.Has(name, member)
            select $"{name}: {member}";
        var unlisted = classes.Concat(members).ToHashSet(StringComparer.Ordinal);
        AssertNone($"Neither in {reference} nor in {implied}:", unlisted.Except(known));
        AssertNone($"In {implied} without need:", known.Except(unlisted));
    }

    private static void AssertNone(string problem, IEnumerable<string> lines)
    {
        var all = string.Join('\n', lines.Order(StringComparer.Ordinal));
        Assert.True(all.Length == 0, $"{problem}\n{all}");
    }

    private string[] Lines(string name) => File.ReadAllLines(Path.Combine(Folder("Reference"), name));

    private static string Difference(string[] approved, string[] seen)
    {
        var lines = seen.Except(approved).Select(l => "+ " + l).Concat(approved.Except(seen).Select(l => "- " + l)).ToArray();
        return lines.Length > 0 ? string.Join('\n', lines) : "The order of the lines differs.";
    }

    private string Message(string name, string difference) =>
        $"""
            The public surface of {name} is not the approved one. Where the change is meant, approve it and commit the text:
            {Variable}=1 dotnet test tests/{project} --filter FullyQualifiedName~PublicSurface
            {difference}
            """;

    private string Folder(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "ActorFed.sln")))
                return Path.Combine(at.FullName, "tests", project, name);
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ActorFed.sln.");
    }
}
