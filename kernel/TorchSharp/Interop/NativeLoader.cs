using System.Reflection;
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

/// <summary>Finds libactorfed_torch.so: where ACTORFED_NATIVE points (a file or a folder), else beside the assembly.</summary>
internal static class NativeLoader
{
    internal const string Variable = "ACTORFED_NATIVE";
    internal const string FileName = "libactorfed_torch.so";
    private static int _installed;

    internal static void Install()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 0)
        {
            NativeLibrary.SetDllImportResolver(typeof(NativeLoader).Assembly, Resolve);
        }
    }

    /// <summary>The files that will be tried, in order.</summary>
    internal static IEnumerable<string> Candidates(string? variable, string beside)
    {
        if (!string.IsNullOrEmpty(variable))
        {
            yield return Directory.Exists(variable) ? Path.Combine(variable, FileName) : variable;
        }
        yield return Path.Combine(beside, FileName);
    }

    /// <summary>Loads the first candidate that exists and checks that it speaks our ABI.</summary>
    /// <exception cref="DllNotFoundException">Names every place looked at and how to get the library.</exception>
    internal static nint Load(IReadOnlyList<string> candidates)
    {
        var tried = new List<string>();
        foreach (var file in candidates)
        {
            if (!File.Exists(file))
            {
                tried.Add($"{file}: no such file");
            }
            else if (TryLoad(file, out var handle, out var why))
            {
                return Checked(handle, file);
            }
            else
            {
                tried.Add($"{file}: {why}");
            }
        }
        throw new DllNotFoundException(Missing(tried));
    }

    private static bool TryLoad(string file, out nint handle, out string why)
    {
        try
        {
            (handle, why) = (NativeLibrary.Load(file), "");
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            (handle, why) = (0, e.Message);
            return false;
        }
    }

    private static unsafe nint Checked(nint handle, string file)
    {
        if (!NativeLibrary.TryGetExport(handle, "af_abi_version", out var export))
        {
            throw new DllNotFoundException($"{file} is not the native binding of this program: it has no af_abi_version.");
        }
        var found = ((delegate* unmanaged<int>)export)();
        return found == Native.AbiVersion
            ? handle
            : throw new DllNotFoundException(
                $"{file} has ABI version {found}, this program needs {Native.AbiVersion}: run kernel/TorchSharp/native/build.sh again."
            );
    }

    private static string Missing(List<string> tried) =>
        $"The native binding {FileName} could not be loaded.\n  "
        + string.Join("\n  ", tried)
        + $"\nBuild it with kernel/TorchSharp/native/build.sh (needs g++ and libtorch-dev), or set {Variable} to the file or its folder.";

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name == Native.Library
            ? Load([.. Candidates(Environment.GetEnvironmentVariable(Variable), AppContext.BaseDirectory)])
            : 0;
}
