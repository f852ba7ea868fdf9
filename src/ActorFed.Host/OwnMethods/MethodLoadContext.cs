using System.Reflection;
using System.Runtime.Loader;

namespace ActorFed.Host.OwnMethods;

/// <summary>Where a user's assembly lives: what the program has it shares with the program, the rest comes from beside its file.</summary>
/// <remarks>Without the first rule a copy of ActorFed.Training beside it would give types that only look like ours.</remarks>
/// <param name="file">Full path of the assembly.</param>
internal sealed class MethodLoadContext(string file) : AssemblyLoadContext(Path.GetFileName(file))
{
    /// <summary>Loads the assembly, with its symbols where they lie beside it: for line numbers of its errors.</summary>
    public Assembly Load(byte[] bytes)
    {
        var symbols = Path.ChangeExtension(file, ".pdb");
        using var code = new MemoryStream(bytes);
        using var lines = File.Exists(symbols) ? new MemoryStream(File.ReadAllBytes(symbols)) : null;
        return LoadFromStream(code, lines);
    }

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (IsOfProgram(assemblyName))
        {
            return null; // the default context answers
        }

        var beside = Path.Combine(Path.GetDirectoryName(file)!, $"{assemblyName.Name}.dll");
        return File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
    }

    private static bool IsOfProgram(AssemblyName name)
    {
        try
        {
            return Default.LoadFromAssemblyName(name) is not null;
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException)
        {
            return false;
        }
    }
}
