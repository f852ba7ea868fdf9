using ActorFed.Training.Federation;

namespace ActorFed.Actors.Devices;

/// <summary>Training met NaN or infinity: the update is poison, the client is not.</summary>
public sealed class NumericalException(ClientId client, string what)
    : Exception($"Training of {client} gave a value that is not finite: {what}.")
{
    /// <summary>Whose training.</summary>
    public ClientId Client => client;
}

/// <summary>A client's data cannot be read, and reading again will not help: it sits out.</summary>
public sealed class CorruptShardException(ClientId client, string what, Exception? cause = null)
    : Exception($"The shard of {client} cannot be read: {what}", cause)
{
    /// <summary>Whose data.</summary>
    public ClientId Client => client;
}

/// <summary>The device is gone; what it was doing can be done elsewhere.</summary>
public sealed class DeviceLostException(string device, string what, Exception? cause = null)
    : Exception($"Device {device} is lost: {what}", cause)
{
    /// <summary>Which device.</summary>
    public string Device => device;
}
