using Akka.Actor;

namespace Akka.Tests.PublicSurface;

/// <summary>What kernel/Akka shows to its users changes only on purpose, and only to what Akka.NET has too.</summary>
public sealed class PublicSurfaceSpec
{
    private static readonly Type[] s_types =
    [
        .. typeof(ActorSystem)
            .Assembly.GetExportedTypes()
            .Where(t => t.Namespace?.StartsWith("ActorFed.Kernel", StringComparison.Ordinal) != true)
            .OrderBy(t => t.FullName, StringComparer.Ordinal),
    ];

    private static string[] File(string folder, string name) =>
        System.IO.File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, folder, name));

    [Fact]
    public void The_surface_is_the_approved_one()
    {
        var seen = s_types
            .SelectMany(t => (string[])[SurfaceText.TypeName(t), .. SurfaceText.Members(t).Select(m => "  " + m)])
            .ToArray();
        System.IO.File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "PublicSurface.received.txt"), seen);
        var approved = File("PublicSurface", "PublicSurface.approved.txt");
        var diff = seen.Except(approved).Select(l => "+ " + l).Concat(approved.Except(seen).Select(l => "- " + l)).ToArray();
        Assert.True(diff.Length == 0, "The public surface has changed:\n" + string.Join('\n', diff));
        Assert.Equal(approved, seen);
    }

    [Fact]
    public void Every_member_of_a_listed_type_is_listed_with_that_signature()
    {
        var reference = new ReferenceList(File("Reference", "akka.txt"));
        var wrong =
            from type in s_types
            let name = SurfaceText.TypeName(type)
            where reference.Knows(name)
            from member in SurfaceText.Members(type)
            where !reference.Has(name, member)
            select $"{name}: {member}";
        var list = wrong.ToArray();
        Assert.True(list.Length == 0, "Not in Reference/akka.txt:\n" + string.Join('\n', list));
    }

    [Fact]
    public void Every_type_is_listed_or_implied_by_a_listed_signature()
    {
        var reference = new ReferenceList(File("Reference", "akka.txt"));
        var implied = File("Reference", "implied.txt")
            .Where(l => l.Length > 0 && l[0] != '#')
            .Order(StringComparer.Ordinal)
            .ToArray();
        var unlisted = s_types
            .Where(t => !t.IsInterface)
            .Select(SurfaceText.TypeName)
            .Where(n => !reference.Knows(n))
            .Order(StringComparer.Ordinal)
            .ToArray();
        Assert.Equal(implied, unlisted);
    }
}
