using ActorFed.Actors.Runs;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Terminal;

/// <summary>Where a run is: the round, who trains in it, and the time left by the rounds so far.</summary>
internal sealed class RunningRound(TimeProvider time)
{
    private readonly SortedDictionary<ClientId, ClientStage> _stages = [];
    private (int Round, int Rounds, int Done) _at;
    private long _since;

    public void Take(IRunEvent fact)
    {
        switch (fact)
        {
            case RunStarted s:
                (_at, _since) = ((s.After.Number, s.Rounds, 0), time.GetTimestamp());
                break;
            case RoundOpened o:
                _stages.Clear();
                _at.Round = o.Round.Number;
                break;
            case ClientProgress p:
                _stages[p.Client] = p.Stage;
                break;
            case RoundClosed:
                _stages.Clear();
                _at.Done++;
                break;
        }
    }

    public override string ToString() => $"round {_at.Round} of {_at.Rounds}{Training()}{Left()}";

    private string Training()
    {
        var busy = _stages.Where(s => s.Value == ClientStage.Training).Select(s => s.Key.Value);
        var done = _stages.Count(s => s.Value is not (ClientStage.Training or ClientStage.Assigned));
        return _stages.Count == 0 ? "" : $": {done} of {_stages.Count} are through, training now {Say.Clients(busy)}";
    }

    private string Left()
    {
        var toDo = _at.Rounds - _at.Round + (_stages.Count > 0 ? 1 : 0);
        return _at.Done == 0 ? "" : $", {Say.Time(time.GetElapsedTime(_since) / _at.Done * toDo)} left";
    }
}
