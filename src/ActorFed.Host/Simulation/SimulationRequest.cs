using ActorFed.Host.Settings;

namespace ActorFed.Host.Simulation;

/// <summary>What the command line asks of <c>simulate</c>.</summary>
/// <param name="Settings">What it says about settings.</param>
/// <param name="Out">The run's folder; null for a new one below runs/.</param>
/// <param name="Resume">A run to go on with; null for a new one.</param>
/// <param name="PlanOnly">Write the plan and train nothing.</param>
/// <param name="Json">Print the result object on stdout.</param>
/// <param name="ContributorsFrom">A run whose contributors are taken, round by round, with its settings; null to find them out.</param>
public sealed record SimulationRequest(
    SettingOverrides Settings,
    string? Out,
    string? Resume,
    bool PlanOnly,
    bool Json,
    string? ContributorsFrom = null
);
