using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static string __version__ => TorchRuntime.Version;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Open();

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>On this thread nothing is recorded for backward until the result is disposed.</summary>
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_grad_enabled() => Native.grad_enabled() != 0;

    public static bool is_inference_mode_enabled() => Native.inference_enabled() != 0;

    /// <summary>Threads inside one operation. A setting of the process: call it once, before the first operation.</summary>
    public static void set_num_threads(int num) => Native.Check(Native.set_num_threads(num));

    public static int get_num_threads() => Native.get_num_threads();

    public static void set_num_interop_threads(int num) => Native.Check(Native.set_num_interop_threads(num));

    public static int get_num_interop_threads() => Native.get_num_interop_threads();

    public static void set_default_dtype(ScalarType dtype) => Native.Check(Native.set_default_dtype((int)dtype));

    public static ScalarType get_default_dtype() => (ScalarType)Native.default_dtype();

    public static bool are_deterministic_algorithms_enabled() => Native.deterministic() != 0;

    private sealed class GradMode : IDisposable
    {
        private readonly int _before = Native.grad_enabled();
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private bool _over;

        internal GradMode(bool on) => Native.set_grad_enabled(Native.Int(on));

        public void Dispose()
        {
            ThrowUnlessSameThread(_thread);
            if (!_over)
            {
                _over = true;
                Native.set_grad_enabled(_before);
            }
        }
    }

    private sealed class InferenceMode(bool on) : IDisposable
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private nint _guard = Native.inference_enter(Native.Int(on));

        public void Dispose()
        {
            ThrowUnlessSameThread(_thread);
            if (_guard != 0)
            {
                Native.inference_leave(_guard);
                _guard = 0;
            }
        }
    }

    private static void ThrowUnlessSameThread(int thread)
    {
        if (thread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                "The grad mode of a thread was left on another thread: no await may stand between no_grad() and its Dispose."
            );
        }
    }
}
