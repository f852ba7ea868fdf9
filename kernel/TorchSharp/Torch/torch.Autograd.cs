using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Native.requires_grad(Held) != 0;
            set => Native.Check(Native.set_requires_grad(Held, Native.Int(value)));
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => Native.Check(Native.retain_grad(Held));

        public void backward() => Native.Check(Native.backward(Held));
    }

    public static class autograd
    {
        public static unsafe void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null
        )
        {
            using var of = new Handles(tensors);
            using var grads = new Handles(grad_tensors);
            using var into = new Handles(inputs);
            var keep = retain_graph is { } k ? Native.Int(k) : -1;
            fixed (
                nint* a = of.Pointers,
                    b = grads.Pointers,
                    c = into.Pointers
            )
            {
                Native.Check(Native.backward_all(a, of.Count, b, grads.Count, keep, Native.Int(create_graph), c, into.Count));
            }
        }

        public static void backward(
            Tensor tensor,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null
        ) => backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(
            Tensor tensor,
            Tensor grad_tensor,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null
        ) => backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>The gradients of the outputs' sum with respect to each input, without touching any tensor's own gradient.</summary>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false
        )
        {
            using var of = new Handles(outputs);
            using var to = new Handles(inputs);
            using var grads = new Handles(grad_outputs);
            fixed (
                nint* a = of.Pointers,
                    b = to.Pointers,
                    c = grads.Pointers
            )
            {
                var code = Native.grad(
                    a,
                    of.Count,
                    b,
                    to.Count,
                    c,
                    grads.Count,
                    Native.Int(retain_graph),
                    Native.Int(create_graph),
                    Native.Int(allow_unused),
                    out var list
                );
                return Native.MakeList(code, list);
            }
        }
    }
}
