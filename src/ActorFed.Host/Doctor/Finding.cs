namespace ActorFed.Host.Doctor;

/// <summary>How one thing stands.</summary>
public enum State
{
    /// <summary>As it should be.</summary>
    Good = 1,

    /// <summary>Works, but slower or less than it could.</summary>
    Weak = 2,

    /// <summary>Needed and not there: nothing runs without it.</summary>
    Missing = 3,
}

/// <summary>One line of the doctor.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it stands.</param>
/// <param name="Found">Version, place or figure.</param>
/// <param name="Remedy">What to do; null when nothing is to be done.</param>
public sealed record Finding(string Name, State State, string Found, string? Remedy = null);
