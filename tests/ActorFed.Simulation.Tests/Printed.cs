using System.Text;

namespace ActorFed.Simulation.Tests;

/// <summary>What a process has printed so far, piece by piece as it comes; one text at a time can be waited for.</summary>
internal sealed class Printed
{
    private readonly StringBuilder _text = new();
    private readonly Lock _gate = new();
    private (string Text, TaskCompletionSource Found)? _awaited;
    private bool _ended;

    /// <summary>Reads to the end.</summary>
    public async Task<string> ReadAsync(TextReader from)
    {
        var piece = new char[4096];
        while (await from.ReadAsync(piece) is > 0 and var count)
        {
            Take(piece.AsSpan(0, count), ended: false);
        }

        Take([], ended: true);
        return _text.ToString();
    }

    /// <summary>Until the text is there.</summary>
    public Task HasAsync(string text)
    {
        lock (_gate)
        {
            _awaited = (text, new(TaskCreationOptions.RunContinuationsAsynchronously));
            Look();
            return _awaited.Value.Found.Task;
        }
    }

    private void Take(ReadOnlySpan<char> piece, bool ended)
    {
        lock (_gate)
        {
            _text.Append(piece);
            _ended = ended;
            Look();
        }
    }

    private void Look()
    {
        if (_awaited is not { } awaited)
        {
            return;
        }

        if (_text.ToString().Contains(awaited.Text, StringComparison.Ordinal))
        {
            awaited.Found.TrySetResult();
        }
        else if (_ended)
        {
            awaited.Found.TrySetException(new InvalidOperationException($"'{awaited.Text}' was never printed:\n{_text}"));
        }
    }
}
