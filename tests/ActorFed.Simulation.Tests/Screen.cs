using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorFed.Simulation.Tests;

/// <summary>A terminal's memory: what a person sees after these bytes. Knows what the live display sends, and refuses what it does not know.</summary>
internal sealed partial class Screen
{
    private readonly List<char[]> _lines = [];
    private readonly int _columns;
    private int _row;
    private int _column;

    public Screen(string sent, int columns)
    {
        _columns = columns;
        for (var at = 0; at < sent.Length; )
        {
            if (sent[at] != '\u001b')
            {
                Put(sent[at++]);
                continue;
            }

            var control = Control().Match(sent, at);
            Assert.True(
                control.Success,
                $"unknown control sequence: {sent[at..Math.Min(sent.Length, at + 12)].Replace("\u001b", "ESC", StringComparison.Ordinal)}"
            );
            Obey(control.Groups["end"].Value, control.Groups["number"].Value);
            at += control.Length;
        }
    }

    /// <summary>Every line from the first to the last that was written, without blanks at the end; what scrolled away is there too.</summary>
    public IReadOnlyList<string> Lines => [.. _lines.Select(l => new string(l).TrimEnd())];

    /// <summary>How often the cursor went up, to draw over what was there.</summary>
    public int Redrawn { get; private set; }

    private void Put(char c)
    {
        switch (c)
        {
            case '\r':
                _column = 0;
                break;
            case '\n':
                _row++; // the pty adds the carriage return itself
                break;
            default:
                Line()[_column] = c;
                _column = Math.Min(_column + 1, _columns - 1);
                break;
        }
    }

    private void Obey(string end, string number)
    {
        var count = number.Length == 0 ? 1 : int.Parse(number.Split(';')[0], CultureInfo.InvariantCulture);
        switch (end)
        {
            case "A":
                _row = Math.Max(0, _row - count);
                Redrawn++;
                break;
            case "K":
                Array.Fill(Line(), ' ');
                break;
        }
    }

    private char[] Line()
    {
        while (_lines.Count <= _row)
        {
            _lines.Add([.. Enumerable.Repeat(' ', _columns)]);
        }

        return _lines[_row];
    }

    // Up, erase the line, colours, show and hide the cursor, modes and the keypad's state.
    [GeneratedRegex(@"\G\u001b(\[\??(?<number>[0-9;]*)(?<end>[AKmhl])|(?<end>[=>]))")]
    private static partial Regex Control();
}
