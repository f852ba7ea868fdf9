using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of chance with its own state: the same seed and the same draws give the same numbers.</summary>
    public class Generator : IDisposable
    {
        private readonly GeneratorHandle _held;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            Native.Check(Native.generator_new(seed, (int)this.device.type, this.device.index, out var made));
            _held = GeneratorHandle.Adopt(made);
        }

        private Generator(GeneratorHandle held, Device device) => (_held, this.device) = (held, device);

        /// <summary>The generator that draws take when none is given: one for the process, shared by all threads.</summary>
        public static Generator Default
        {
            get
            {
                Native.Check(Native.generator_default((int)DeviceType.CPU, -1, out var made));
                return new(GeneratorHandle.Adopt(made), CPU);
            }
        }

        internal GeneratorHandle Held =>
            _held.IsClosed ? throw new ObjectDisposedException(nameof(Generator), "This generator has been disposed.") : _held;

        public Device device { get; }

        public IntPtr Handle => Held.DangerousGetHandle();

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.generator_seed(Held, seed));
            return this;
        }

        public unsafe long seed()
        {
            long made;
            Native.Check(Native.generator_random_seed(Held, &made));
            return made;
        }

        public unsafe long initial_seed()
        {
            long made;
            Native.Check(Native.generator_initial_seed(Held, &made));
            return made;
        }

        public Tensor get_state() => Native.Make(Native.generator_get_state(Held, out var made), made);

        public void set_state(Tensor value) => Native.Check(Native.generator_set_state(Held, value.Held));

        protected virtual void Dispose(bool disposing) => _held.Dispose();

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }
    }

    public static Generator manual_seed(long seed)
    {
        Native.Check(Native.manual_seed(seed));
        return Generator.Default;
    }

    public static long initial_seed() => Generator.Default.initial_seed();

    public static long seed() => Generator.Default.seed();

    public static Tensor get_rng_state() => Generator.Default.get_state();

    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long initial_seed() => torch.initial_seed();

        public static long seed() => torch.seed();

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }
}
