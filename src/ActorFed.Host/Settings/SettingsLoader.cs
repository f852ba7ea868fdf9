using System.Collections.Immutable;
using ActorFed.Actors.Configuration;
using ActorFed.Actors.Rounds;
using ActorFed.Host.OwnMethods;
using ActorFed.Training.Data;
using ActorFed.Training.Partitioning;
using ActorFed.Training.Profiles;
using ActorFed.Training.Settings;
using Akka.Configuration;

namespace ActorFed.Host.Settings;

/// <summary>Turns a configuration into <see cref="RunSettings"/>, or names everything that is wrong with it at once.</summary>
public sealed class SettingsLoader
{
    private readonly SettingCatalog _catalog;

    private SettingsLoader(SettingCatalog catalog) => _catalog = catalog;

    /// <summary>What stands below the user's settings: hocon/simulate.conf over hocon/reference.conf, as they lie beside the program.</summary>
    public static Config Standard { get; } = Shipped("simulate.conf").WithFallback(Shipped("reference.conf"));

    /// <summary>What a server's actor system stands on: hocon/server.conf.</summary>
    public static Config Server { get; } = Shipped("server.conf");

    /// <summary>What a node's actor system stands on: hocon/node-cpu.conf.</summary>
    public static Config Node { get; } = Shipped("node-cpu.conf");

    /// <summary>What stands below these settings of a user: what their data set starts from (hocon/datasets), over the standard ones.</summary>
    public static Config Below(Config user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var dataset = user.WithFallback(Standard).GetString($"{SettingKey.Root}.data.dataset", "");
        var file = Path.Combine("datasets", $"{Path.GetFileName(dataset)}.conf");
        return File.Exists(Beside(file)) ? Shipped(file).WithFallback(Standard) : Standard;
    }

    /// <summary>The settings of a run.</summary>
    /// <param name="config">The user's, over the standard ones.</param>
    /// <param name="folder">What the paths of method assemblies are relative to; null for the current folder.</param>
    /// <exception cref="InvalidSettingsException">Each with path, value found and rule.</exception>
    /// <exception cref="UserException">An assembly of methods cannot be used.</exception>
    public static RunSettings Load(Config config, string? folder = null)
    {
        var leaves = SettingTree.Flatten(config);
        var own = MethodAssemblies.Load(leaves, folder);
        var settings = new SettingsLoader(SettingCatalog.Of(own.Methods)).Load(leaves);
        return settings with { Methods = own.Methods, Texts = settings.Texts.SetItem(SettingCatalog.MethodsHash, own.Hash) };
    }

    private RunSettings Load(ImmutableSortedDictionary<string, string> leaves)
    {
        var errors = leaves.Keys.Where(IsUnknown).Select(Unknown).ToList();
        var texts = _catalog.ByPath.ToImmutableSortedDictionary(
            k => k.Key,
            k => Normal(leaves.GetValueOrDefault(k.Key, k.Value.Default)),
            StringComparer.Ordinal
        );
        errors.AddRange(texts.Where(t => _catalog.ByPath[t.Key].Parse(t.Value) is null).Select(Broken));
        // Rules between settings are read only where each of them alone is right: else they would repeat the first error.
        var broken = errors.Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        var good = texts.ToImmutableSortedDictionary(
            t => t.Key,
            t => broken.Contains(t.Key) ? _catalog.ByPath[t.Key].Default : t.Value,
            StringComparer.Ordinal
        );
        var settings = Typed(good, errors);
        return errors.Count == 0 ? settings! : throw new InvalidSettingsException(errors);
    }

    private RunSettings? Typed(ImmutableSortedDictionary<string, string> texts, List<SettingError> errors)
    {
        var values = SettingValues.Read(
            _catalog.Methods.Specs,
            _catalog.Methods.Specs.ToDictionary(s => s.Key, s => texts[$"{SettingKey.Root}.{s.Key}"], StringComparer.Ordinal)
        );
        var partition = PartitionOf(texts, errors);
        var profiles = ProfilesOf(texts, errors);
        RequireTable(texts, errors);
        RequireTransfer(texts, errors);
        var round = RoundOf(texts, partition.Clients, errors);
        return round is null ? null : new(texts, values, round, partition, profiles, CorpusOf(texts));
    }

    private RoundOptions? RoundOf(ImmutableSortedDictionary<string, string> texts, int clients, List<SettingError> errors)
    {
        var (options, all) = TryRound(texts, clients);
        var broken = all.Where(IsRange).ToList();
        if (broken.Count > 0)
        {
            // A rule between two keys is worth a line only where each of the two is right by itself.
            var mended = texts.SetItems(broken.Select(e => KeyValuePair.Create(e.Path, _catalog.ByPath[e.Path].Default)));
            all = [.. broken, .. TryRound(mended, clients).Errors];
        }

        errors.AddRange(all.OrderBy(e => e.Path, StringComparer.Ordinal));
        return options;

        bool IsRange(SettingError e) => e.Rule.Contains(_catalog.ByPath[e.Path].Rule, StringComparison.Ordinal);
    }

    private (RoundOptions? Options, IReadOnlyList<SettingError> Errors) TryRound(
        ImmutableSortedDictionary<string, string> texts,
        int clients
    )
    {
        try
        {
            // One client a value (clients = 0) is known only when the data is.
            var most = clients == 0 ? int.MaxValue : clients;
            return (RoundSettings.Load(ConfigurationFactory.ParseString(SettingTree.Text(texts)), most), []);
        }
        catch (InvalidSettingsException e)
        {
            return (null, e.Errors);
        }
    }

    private static PartitionOptions PartitionOf(ImmutableSortedDictionary<string, string> texts, List<SettingError> errors)
    {
        var scheme = Enum.Parse<PartitionScheme>(Get(texts, "partition.scheme"), ignoreCase: true);
        var clients = Whole(texts, "partition.clients");
        var field = Get(texts, "partition.field");
        if (scheme != PartitionScheme.Natural && clients == 0)
        {
            errors.Add(new("actorfed.partition.clients", "0", "at least 1, unless the scheme is natural"));
        }

        if (scheme == PartitionScheme.Natural && field.Length == 0)
        {
            errors.Add(new("actorfed.partition.field", null, "a natural partition names a field of the documents, or label"));
        }

        return new(
            scheme,
            clients,
            Number(texts, "partition.alpha"),
            field.Length == 0 ? null : field,
            Whole(texts, "partition.pieces-per-client"),
            Whole(texts, "partition.min-shard"),
            Whole(texts, "partition.max-redraws")
        );
    }

    private static ProfileOptions ProfilesOf(ImmutableSortedDictionary<string, string> texts, List<SettingError> errors)
    {
        var options = new ProfileOptions(
            BudgetDistribution.Parse(Get(texts, "profiles.budgets")),
            Spread.Parse(Get(texts, "profiles.speed")),
            Spread.Parse(Get(texts, "profiles.download")),
            Spread.Parse(Get(texts, "profiles.upload")),
            Spread.Parse(Get(texts, "profiles.availability"))
        );
        RequireAboveZero("profiles.speed", options.Speed);
        RequireAboveZero("profiles.download", options.DownloadRate);
        RequireAboveZero("profiles.upload", options.UploadRate);
        if (options.Availability.Most > 1)
        {
            errors.Add(new("actorfed.profiles.availability", Get(texts, "profiles.availability"), "a probability, at most 1"));
        }

        return options;

        void RequireAboveZero(string key, Spread spread)
        {
            if (spread.Least <= 0)
            {
                errors.Add(new($"actorfed.{key}", Get(texts, key), "every value is above 0, or a job would never end"));
            }
        }
    }

    private static void RequireTable(ImmutableSortedDictionary<string, string> texts, List<SettingError> errors)
    {
        if (Get(texts, "data.dataset") == HostKeys.Table && Get(texts, "data.train").Length == 0)
        {
            errors.Add(new("actorfed.data.train", null, "the data set is table: name the file of its training documents"));
        }
    }

    private static void RequireTransfer(ImmutableSortedDictionary<string, string> texts, List<SettingError> errors)
    {
        try
        {
            TransferSettings.Load(ConfigurationFactory.ParseString(SettingTree.Text(texts)));
        }
        catch (InvalidSettingsException e)
        {
            errors.AddRange(e.Errors);
        }
    }

    private static CorpusOptions CorpusOf(ImmutableSortedDictionary<string, string> texts) =>
        new(Number(texts, "data.validation"), Number(texts, "data.test-share"), Number(texts, "data.near-duplicate"));

    private bool IsUnknown(string path) =>
        !_catalog.ByPath.ContainsKey(path)
        && !path.StartsWith("akka.", StringComparison.Ordinal)
        && !path.StartsWith("actorfed.kernel.", StringComparison.Ordinal);

    private SettingError Unknown(string path) =>
        new(
            path,
            null,
            Nearest.Of(path, _catalog.ByPath.Keys) is { } near
                ? $"unknown key; did you mean {near}?"
                : "unknown key; hocon/reference.conf lists all"
        );

    private SettingError Broken(KeyValuePair<string, string> t) =>
        new(t.Key, t.Value.Length == 0 ? "\"\"" : t.Value, $"{_catalog.ByPath[t.Key].Rule} is expected");

    private static string Normal(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Get(ImmutableSortedDictionary<string, string> texts, string key) => texts[$"{SettingKey.Root}.{key}"];

    private static int Whole(ImmutableSortedDictionary<string, string> texts, string key) => int.Parse(Get(texts, key));

    private static double Number(ImmutableSortedDictionary<string, string> texts, string key) => double.Parse(Get(texts, key));

    private static Config Shipped(string name) => SettingOverrides.FromFile(Beside(name));

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, "hocon", name);
}
