using System.CommandLine;
using System.Text;
using ActorFed.Host.OwnMethods;
using ActorFed.Host.Runs;

namespace ActorFed.Host.Verbs;

/// <summary><c>new method NAME</c>: a method of one's own to begin with, outside the program's folder.</summary>
internal static class NewVerb
{
    public static Command Create(World world)
    {
        var name = new Argument<string>("name") { Description = "The method's name, e.g. my-method." };
        var output = new Option<string?>("--out") { Description = "The new folder; without it one of the method's name." };
        var method = new Command("method", "Writes a commented method of your own, its test, and projects that build.")
        {
            name,
            output,
        };
        method.SetAction(parsed => (int)Write(parsed.GetRequiredValue(name), parsed.GetValue(output), world));
        return new Command("new", "Writes something of your own to begin with.") { method };
    }

    private static ExitCode Write(string name, string? output, World world)
    {
        var template = new MethodTemplate(name, AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var files = template.Files();
        var folder = Path.GetFullPath(output ?? name, world.Folder);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new UsageException($"new method {name}: {folder} is there and not empty; --out names another folder.");
        }

        foreach (var (file, text) in files)
        {
            new AtomicDisk().Write(Path.Combine(folder, file), Encoding.UTF8.GetBytes(text));
            world.Error.WriteLine(Path.Combine(folder, file));
        }

        world.Error.WriteLine($"Next: dotnet test {folder}/{template.ClassName}.Tests; {folder}/README.md says how to run it.");
        return ExitCode.Done;
    }
}
