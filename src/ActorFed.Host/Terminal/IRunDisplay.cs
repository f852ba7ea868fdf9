using ActorFed.Actors.Runs;
using ActorFed.Host.Results;

namespace ActorFed.Host.Terminal;

/// <summary>What people see of a run, on stderr. Facts come in their order; steps and notes may come from other threads at the same time.</summary>
public interface IRunDisplay : IDisposable
{
    /// <summary>A step before the first round: reading data, loading the model.</summary>
    void Step(string text);

    /// <summary>Who has what, before the first round.</summary>
    void Plan(RunResult plan);

    /// <summary>Something happened in the run.</summary>
    void On(IRunEvent fact);

    /// <summary>A sentence in between: an interruption, a warning.</summary>
    void Note(string text);

    /// <summary>The end: the final table and where everything lies.</summary>
    void Finish(RunResult result, string folder);
}
