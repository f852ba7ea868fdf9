using System.Reflection;
using System.Xml;
using System.Xml.Linq;
using Akka.Configuration.Hocon;
using Newtonsoft.Json;

namespace Akka.Configuration;

/// <summary>Where configurations come from.</summary>
public class ConfigurationFactory
{
    private static readonly Lazy<Config> Reference = new(() =>
        FromResource("Akka.Configuration.akka.conf", typeof(ConfigurationFactory).Assembly)
    );

    public static Config Empty => Config.Empty;

    /// <summary>A text in HOCON. Files that it includes are looked for in the current directory.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON; the message names line and column.</exception>
    public static Config ParseString(string hocon) => Parse(hocon, new HoconIncludes(null, Environment.CurrentDirectory));

    /// <param name="includeCallback">Gives the content for the name in an <c>include</c>; null when there is none.</param>
    public static Config ParseString(string hocon, Func<string, HoconRoot> includeCallback) =>
        Parse(hocon, new HoconIncludes(includeCallback, Environment.CurrentDirectory));

    /// <summary>The public properties of <paramref name="source"/>, for example of an anonymous object.</summary>
    public static Config FromObject(object source) => ParseString(JsonConvert.SerializeObject(source));

    /// <summary>The HOCON text in the element <c>akka/hocon</c> of the application's .config file; empty when there is none.</summary>
    public static Config Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{Assembly.GetEntryAssembly()?.GetName().Name}.dll.config");
        return File.Exists(path) ? FromAppConfig(path) : Empty;
    }

    /// <summary>The default settings of the actor system.</summary>
    public static Config Default() => Reference.Value;

    public static Config FromResource(string resourceName) => FromResource(resourceName, typeof(ConfigurationFactory).Assembly);

    public static Config FromResource(string resourceName, object instanceInAssembly)
    {
        ArgumentNullException.ThrowIfNull(instanceInAssembly);
        return FromResource(resourceName, (instanceInAssembly as Type ?? instanceInAssembly.GetType()).Assembly);
    }

    /// <summary>The HOCON text that is embedded in <paramref name="assembly"/> under the full name of the resource.</summary>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var stream =
            assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"The assembly {assembly.GetName().Name} has no resource '{resourceName}'.");
        using var text = new StreamReader(stream);
        return Parse(text.ReadToEnd(), new HoconIncludes(null, Environment.CurrentDirectory), resourceName);
    }

    private static Config FromAppConfig(string path)
    {
        try
        {
            var hocon = XDocument.Load(path).Root?.Element("akka")?.Element("hocon")?.Value;
            return hocon is null
                ? Empty
                : Parse(hocon, new HoconIncludes(null, AppContext.BaseDirectory), path + " (akka/hocon)");
        }
        catch (XmlException e)
        {
            throw new ConfigurationException($"{path}, line {e.LineNumber}, column {e.LinePosition}: not XML.", e);
        }
    }

    private static Config Parse(string hocon, HoconIncludes includes, string source = "HOCON")
    {
        ArgumentNullException.ThrowIfNull(hocon);
        var references = new List<HoconReference>();
        var fields = new HoconParser(new HoconReader(hocon, source), includes, [], references).Document();
        var value = new HoconResolver(fields, Environment.GetEnvironmentVariable).Resolve();
        return new Config(new HoconRoot(value, [.. references.Select(r => new HoconSubstitution(r.Raw))]));
    }
}
