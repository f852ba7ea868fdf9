using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch. Dispose it, or make it inside a <see cref="DisposeScope"/>; what is dropped is freed by the collector, late.</summary>
    public partial class Tensor : IDisposable
    {
        private readonly TensorHandle _held;

        internal Tensor(TensorHandle held)
        {
            _held = held;
            DisposeScopeManager.Register(this);
        }

        /// <summary>The native handle, for a call that is about to be made.</summary>
        internal TensorHandle Held =>
            _held.IsClosed
                ? throw new ObjectDisposedException(GetType().Name, "This tensor has been disposed, by hand or with its scope.")
                : _held;

        internal DisposeScope? OwningScope { get; set; }

        public IntPtr Handle => Held.DangerousGetHandle();

        public bool IsInvalid => _held.IsClosed || _held.IsInvalid;

        public void Dispose()
        {
            if (!_held.IsClosed)
            {
                DisposeScopeManager.Unregister(this);
                _held.Dispose();
            }
            GC.SuppressFinalize(this);
        }

        /// <summary>Gives up the native tensor: the caller now owns the pointer.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            DisposeScopeManager.Unregister(this);
            var pointer = Held.Release();
            GC.SuppressFinalize(this);
            return pointer;
        }

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(TensorHandle.Adopt(handle));

        public Tensor DetachFromDisposeScope()
        {
            OwningScope?.Detach(this);
            return this;
        }

        public Tensor DetatchFromDisposeScope() => DetachFromDisposeScope();

        public Tensor MoveToOuterDisposeScope()
        {
            OwningScope?.MoveToOuter(this);
            return this;
        }
    }
}
