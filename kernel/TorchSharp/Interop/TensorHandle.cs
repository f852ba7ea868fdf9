using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

/// <summary>Owns one native tensor. The runtime keeps it alive during a call and frees it once, whoever disposes or finalizes it.</summary>
internal sealed class TensorHandle : SafeHandle
{
    /// <summary>An absent optional argument: the null pointer, never freed.</summary>
    internal static readonly TensorHandle None = new(0, owns: false);

    public TensorHandle()
        : base(0, ownsHandle: true) { }

    private TensorHandle(nint handle, bool owns)
        : base(0, owns) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    internal static TensorHandle Adopt(nint handle) => new(handle, owns: true);

    /// <summary>The pointer without its owner: from now on it lives as long as the process unless somebody adopts it.</summary>
    internal nint Release()
    {
        var pointer = handle;
        SetHandleAsInvalid();
        return pointer;
    }

    protected override bool ReleaseHandle()
    {
        Native.free(handle);
        return true;
    }
}

/// <summary>Owns one native generator.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    /// <summary>Absent: torch's default generator of the device.</summary>
    internal static readonly GeneratorHandle None = new();

    public GeneratorHandle()
        : base(0, ownsHandle: true) { }

    public override bool IsInvalid => handle == 0;

    internal static GeneratorHandle Adopt(nint handle)
    {
        var made = new GeneratorHandle();
        made.SetHandle(handle);
        return made;
    }

    protected override bool ReleaseHandle()
    {
        Native.generator_free(handle);
        return true;
    }
}
