using System.Globalization;
using System.Text.RegularExpressions;
using TorchSharp;

namespace ActorFed.Host.Settings;

/// <summary>Where a process computes: the CPU, or one of libtorch's CUDA devices.</summary>
/// <param name="Cuda">The number of a CUDA device; null for the CPU.</param>
public sealed partial record ComputeDevice(int? Cuda)
{
    /// <summary>The setting that names it.</summary>
    public const string Key = "node.device";

    /// <summary>The rule, for people.</summary>
    public const string Rule = "a device: cpu, cuda for the first GPU, or one by its number as in cuda:1";

    /// <summary>Its name on its node: cpu-0, cuda-1.</summary>
    public string Name => Cuda is { } number ? $"cuda-{number}" : "cpu-0";

    /// <summary>The device that a text names; whether it is here is asked by <see cref="Open"/>.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    public static ComputeDevice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Form().Match(text);
        return !match.Success ? throw new FormatException($"'{text}': {Rule} is expected.")
            : text == "cpu" ? new((int?)null)
            : new(match.Groups[1].Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0);
    }

    /// <summary>The device itself.</summary>
    /// <param name="present">CUDA devices that libtorch sees.</param>
    /// <exception cref="UserException">It is not there.</exception>
    public torch.Device Open(Func<int> present)
    {
        ArgumentNullException.ThrowIfNull(present);
        if (Cuda is not { } number)
        {
            return torch.CPU;
        }

        var count = present();
        return number < count
            ? torch.device($"cuda:{number}")
            : throw new UserException(
                ExitCode.BadSettings,
                $"actorfed.{Key} = cuda:{number}: libtorch sees {count} CUDA devices here. A libtorch for CUDA is named by LIBTORCH_HOME; ./actorfed doctor says what is found."
            );
    }

    /// <summary>CUDA devices that libtorch sees.</summary>
    public static int Present() => torch.cuda.is_available() ? torch.cuda.device_count() : 0;

    [GeneratedRegex(@"^(?:cpu|cuda(?::(\d{1,3}))?)\z")]
    private static partial Regex Form();
}
