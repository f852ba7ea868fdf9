namespace Akka.Configuration.Hocon;

/// <summary>Where in which text something stands; lines and columns count from 1.</summary>
internal readonly record struct HoconPlace(string Source, int Line, int Column)
{
    public ConfigurationException Error(string problem) => new($"{Source}, line {Line}, column {Column}: {problem}");
}
