namespace ActorFed.Training.Federation;

/// <summary>What one client is like. A value of the data: drawn by seed from a named distribution (Profiles).</summary>
/// <param name="Client">Whose profile it is.</param>
/// <param name="Budget">Share of the full adapter that it can train; above 0, at most 1.</param>
/// <param name="Speed">Training examples a second, simulated.</param>
/// <param name="DownloadRate">Bytes a second towards the client.</param>
/// <param name="UploadRate">Bytes a second from the client.</param>
/// <param name="Availability">Probability that it answers an invitation; 0 to 1.</param>
public sealed record ClientProfile(
    ClientId Client,
    double Budget,
    double Speed,
    double DownloadRate,
    double UploadRate,
    double Availability
);
