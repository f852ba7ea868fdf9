using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Tensors that Python's torch computed (generate/ops.py), by name.</summary>
internal static class Numbers
{
    private static readonly Dictionary<string, (long[] Shape, double[] Values)> All = File.ReadLines(
            Path.Combine(AppContext.BaseDirectory, "Reference", "ops.txt")
        )
        .Select(l => l.Split(' '))
        .ToDictionary(p => p[0], p => (Shape(p[1]), p[2..].Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray()));

    internal static IEnumerable<string> Names => All.Keys;

    internal static Tensor Get(string name, ScalarType dtype = float32) => tensor(All[name].Values, All[name].Shape, dtype);

    /// <summary>Same shape, and numbers within <paramref name="tolerance"/> of Python's.</summary>
    internal static void Same(string name, Tensor found, double tolerance = 2e-6)
    {
        var (shape, values) = All[name];
        Assert.Equal(shape, found.shape);
        var ours = found.@double().data<double>().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var far = Math.Abs(values[i] - ours[i]);
            Assert.True(far <= tolerance * (1 + Math.Abs(values[i])), $"{name}[{i}]: {ours[i]}, Python has {values[i]}");
        }
    }

    private static long[] Shape(string text) =>
        text == "[]" ? [] : [.. text.Trim('[', ']').Split(',').Select(x => long.Parse(x, CultureInfo.InvariantCulture))];
}
