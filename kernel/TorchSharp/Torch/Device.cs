namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);
    public static readonly Device META = new(DeviceType.META);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    public static Device device(int index) => new(index);

    /// <summary>A kind of device and its number; -1 is the current one.</summary>
    public class Device
    {
        public DeviceType type { get; }

        public int index { get; }

        /// <param name="description">"cpu", "cuda" or "cuda:1".</param>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = TypeOf(parts[0], description);
            index = parts.Length switch
            {
                1 => -1,
                2 when int.TryParse(parts[1], out var number) && number >= 0 => number,
                _ => throw Unknown(description),
            };
        }

        public Device(string deviceType, int index = -1)
        {
            type = TypeOf(deviceType, deviceType);
            this.index = index;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <param name="index">The number of a CUDA device.</param>
        public Device(int index)
            : this(DeviceType.CUDA, index) { }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() => index < 0 ? Name : $"{Name}:{index}";

        private string Name => type.ToString().ToLowerInvariant();

        private static DeviceType TypeOf(string name, string description) =>
            Enum.GetValues<DeviceType>().Cast<DeviceType?>().FirstOrDefault(t => t.ToString()!.ToLowerInvariant() == name)
            ?? throw Unknown(description);

        private static ArgumentException Unknown(string description) =>
            new($"\"{description}\" is no device: write cpu, cuda or cuda:0.", nameof(description));
    }

    public static class cuda
    {
        public static bool is_available() => ActorFed.Kernel.Torch.Native.cuda_available() != 0;

        public static int device_count() => ActorFed.Kernel.Torch.Native.cuda_count();

        /// <summary>Seeds every device, as torch.manual_seed does.</summary>
        public static void manual_seed(long seed) => torch.manual_seed(seed);

        public static void manual_seed_all(long seed) => torch.manual_seed(seed);
    }

    public static bool cuda_is_available() => cuda.is_available();
}
