namespace ActorFed.Host.Results;

/// <summary>How models did on every client's own held-out part.</summary>
/// <param name="Clients">Clients that count: those with a held-out part (docs/methods.md).</param>
/// <param name="Models">By model; "own" is what each client would use.</param>
/// <param name="Gains">What one model has over another, over the clients that have both.</param>
public sealed record PersonalResult(int Clients, IReadOnlyList<PersonalSpread> Models, IReadOnlyList<PersonalGain> Gains);

/// <summary>Mean, smallest and tenth percentile (nearest rank) of a metric over clients; each client counts once.</summary>
/// <param name="Model">Name.</param>
/// <param name="Clients">Clients that have it.</param>
/// <param name="Mean">0 to 1.</param>
/// <param name="Min">0 to 1.</param>
/// <param name="P10">0 to 1.</param>
public sealed record PersonalSpread(string Model, int Clients, double Mean, double Min, double P10);

/// <summary>The spread over clients of the difference model - over.</summary>
public sealed record PersonalGain(string Model, string Over, int Clients, double Mean, double Min, double P10);

/// <summary>One client's own held-out part.</summary>
/// <param name="Documents">Judged.</param>
/// <param name="FewShot">Held out to choose by.</param>
/// <param name="Classes">Classes among the judged.</param>
/// <param name="Models">In the order in which the method names them; the last is what the client would use.</param>
public sealed record PersonalClient(int Documents, int FewShot, int Classes, IReadOnlyList<PersonalScore> Models);

/// <summary>One model on one client's own part.</summary>
/// <param name="Model">Name.</param>
/// <param name="Value">The run's metric; 0 to 1.</param>
/// <param name="Loss">Mean negative log-likelihood, nats.</param>
/// <param name="Metrics">How it was made: w1, w2, fewShotLoss, ...</param>
public sealed record PersonalScore(string Model, double Value, double Loss, IReadOnlyDictionary<string, double> Metrics);
