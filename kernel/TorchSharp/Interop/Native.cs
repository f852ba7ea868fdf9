using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ActorFed.Kernel.Torch;

/// <summary>The exports of native/*.cpp and the way from their codes to tensors and exceptions.</summary>
internal static unsafe partial class Native
{
    internal const string Library = "actorfed_torch";
    internal const int AbiVersion = 1;

    /// <summary>Stands for "absent" where the ABI takes a whole number.</summary>
    internal const long None = long.MinValue;

    static Native() => NativeLoader.Install();

    internal static void Check(int code)
    {
        if (code != 0)
        {
            Throw(code);
        }
    }

    private static void Throw(int code)
    {
        var text = Text(last_error());
        throw code == 2 ? new TorchOutOfMemoryException(text) : new TorchException(text);
    }

    internal static Tensor Make(int code, TensorHandle handle)
    {
        Check(code);
        return new Tensor(handle);
    }

    internal static (Tensor, Tensor) Make(int code, TensorHandle first, TensorHandle second)
    {
        Check(code);
        return (new Tensor(first), new Tensor(second));
    }

    internal static (Tensor, Tensor, Tensor) Make(int code, TensorHandle first, TensorHandle second, TensorHandle third)
    {
        Check(code);
        return (new Tensor(first), new Tensor(second), new Tensor(third));
    }

    /// <summary>Moves the tensors of a native list into handles of their own and frees the list.</summary>
    internal static Tensor[] MakeList(int code, nint list)
    {
        Check(code);
        try
        {
            var made = new Tensor[list_size(list)];
            for (var i = 0; i < made.Length; i++)
            {
                made[i] = Make(list_take(list, i, out var one), one);
            }
            return made;
        }
        finally
        {
            list_free(list);
        }
    }

    internal static Tensor Make(IEnumerable<Tensor> tensors, Func<nint[], int, Tensor> call)
    {
        using var held = new Handles(tensors);
        return call(held.Pointers, held.Count);
    }

    internal static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    internal static int Int(bool value) => value ? 1 : 0;

    internal static int Type(ScalarType? dtype) => dtype is { } t ? (int)t : -1;

    internal static TensorHandle H(Tensor? tensor) => tensor is null ? TensorHandle.None : tensor.Held;

    internal static GeneratorHandle G(Generator? generator) => generator is null ? GeneratorHandle.None : generator.Held;
}
