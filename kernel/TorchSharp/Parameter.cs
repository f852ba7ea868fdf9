using ActorFed.Kernel.Torch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// A tensor that a module trains. It has a handle of its own over the numbers of <c>data</c>, belongs to no scope,
/// and lives until its module, or its owner, disposes it.
/// </summary>
public class Parameter : Tensor
{
    public Parameter(Tensor data, bool requires_grad = true)
        : base(Own(data))
    {
        this.requires_grad = requires_grad;
        DetachFromDisposeScope();
    }

    private static TensorHandle Own(Tensor data)
    {
        Native.Check(Native.detach(data.Held, out var made));
        return made;
    }
}
