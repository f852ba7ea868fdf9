using System.Collections.Immutable;
using System.Text.Json;
using ActorFed.Training.Federation;

namespace ActorFed.Training.Partitioning;

/// <summary>Reads and checks plan.json.</summary>
public sealed class PlanReader
{
    private readonly string _path;

    private PlanReader(string path) => _path = path;

    /// <summary>Reads a plan and holds it against the corpus it is to be used with.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="corpus">The corpus at hand.</param>
    /// <exception cref="PlanException">
    /// Not JSON, another format, a key missing or of another kind, made for another corpus, a document twice, nowhere or out of range, a
    /// client twice, an empty shard or cohort, a cohort with a client that has no shard or twice the same.
    /// </exception>
    public static Plan Read(ReadOnlyMemory<byte> json, string path, CorpusStamp corpus)
    {
        var reader = new PlanReader(path);
        try
        {
            using var document = JsonDocument.Parse(json);
            return reader.ReadPlan(document.RootElement, corpus);
        }
        catch (JsonException e)
        {
            throw reader.Fail($"line {e.LineNumber + 1}", $"not valid JSON: {e.Message}", e);
        }
    }

    private Plan ReadPlan(JsonElement root, CorpusStamp corpus)
    {
        Require(root, JsonValueKind.Object, "the file");
        var format = Text(root, "format", "format");
        if (!string.Equals(format, PlanWriter.Format, StringComparison.Ordinal))
        {
            throw Fail("format", $"'{format}' found, {PlanWriter.Format} is expected.");
        }
        CheckCorpus(Get(root, "corpus", JsonValueKind.Object, "corpus"), corpus);
        var shards = ReadShards(Get(root, "clients", JsonValueKind.Array, "clients"), corpus.Documents);
        var partition = new Partition(Text(root, "scheme", "scheme"), shards, Redraws(root));
        return new Plan(Number(root, "seed", "seed"), corpus, partition, ReadCohorts(root, shards));
    }

    private void CheckCorpus(JsonElement found, CorpusStamp corpus)
    {
        var name = Text(found, "name", "corpus.name");
        var fingerprint = Text(found, "fingerprint", "corpus.fingerprint");
        if (!string.Equals(name, corpus.Name, StringComparison.Ordinal))
        {
            throw Fail("corpus.name", $"the plan was made for '{name}', this run uses '{corpus.Name}'.");
        }
        if (!string.Equals(fingerprint, corpus.Fingerprint, StringComparison.OrdinalIgnoreCase))
        {
            throw Fail(
                "corpus.fingerprint",
                $"the plan was made for other data ({fingerprint}) than this run's ({corpus.Fingerprint})."
            );
        }
    }

    private ImmutableArray<Shard> ReadShards(JsonElement clients, int documents)
    {
        var owners = new string?[documents];
        var names = new HashSet<ClientId>();
        var shards = ImmutableArray.CreateBuilder<Shard>();
        foreach (var (element, i) in clients.EnumerateArray().Select((e, i) => (e, i)))
        {
            var place = $"clients[{i}]";
            Require(element, JsonValueKind.Object, place);
            var client = Client(Get(element, "client", JsonValueKind.String, $"{place}.client"), $"{place}.client");
            if (!names.Add(client))
            {
                throw Fail($"{place}.client", $"'{client}' comes twice.");
            }
            shards.Add(new Shard(client, ReadDocuments(element, place, client, owners)));
        }
        var orphan = Array.IndexOf(owners, null);
        if (orphan >= 0)
        {
            throw Fail("clients", $"document {orphan} belongs to nobody; every one of the {documents} needs a client.");
        }
        shards.Sort((a, b) => a.Client.CompareTo(b.Client));
        return shards.ToImmutable();
    }

    private ImmutableArray<int> ReadDocuments(JsonElement shard, string place, ClientId client, string?[] owners)
    {
        var list = Get(shard, "documents", JsonValueKind.Array, $"{place}.documents");
        var documents = new List<int>(list.GetArrayLength());
        foreach (var element in list.EnumerateArray())
        {
            var at = $"{place}.documents[{documents.Count}]";
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var d) || d < 0 || d >= owners.Length)
            {
                throw Fail(at, $"{element.GetRawText()} is no index of the {owners.Length} training documents.");
            }
            if (owners[d] is { } owner)
            {
                throw Fail(at, $"document {d} already belongs to {owner}.");
            }
            owners[d] = client.Value;
            documents.Add(d);
        }
        return documents.Count > 0 ? [.. documents.Order()] : throw Fail($"{place}.documents", $"{client} has no document.");
    }

    private ImmutableArray<ImmutableArray<ClientId>> ReadCohorts(JsonElement root, ImmutableArray<Shard> shards)
    {
        var known = shards.Select(s => s.Client).ToHashSet();
        var cohorts = Get(root, "cohorts", JsonValueKind.Array, "cohorts");
        return [.. cohorts.EnumerateArray().Select((cohort, i) => ReadCohort(cohort, $"cohorts[{i}]", known))];
    }

    private ImmutableArray<ClientId> ReadCohort(JsonElement cohort, string place, HashSet<ClientId> known)
    {
        Require(cohort, JsonValueKind.Array, place);
        var clients = new List<ClientId>();
        foreach (var element in cohort.EnumerateArray())
        {
            var at = $"{place}[{clients.Count}]";
            Require(element, JsonValueKind.String, at);
            var client = Client(element, at);
            if (!known.Contains(client))
            {
                throw Fail(at, $"'{client}' has no shard in this plan.");
            }
            if (clients.Contains(client))
            {
                throw Fail(at, $"'{client}' comes twice in this round.");
            }
            clients.Add(client);
        }
        return clients.Count > 0 ? [.. clients] : throw Fail(place, "the round has no client.");
    }

    private ClientId Client(JsonElement element, string place)
    {
        try
        {
            return new ClientId(element.GetString() ?? "");
        }
        catch (ArgumentException e)
        {
            throw Fail(place, e.Message, e);
        }
    }

    private int Redraws(JsonElement root)
    {
        var redraws = Number(root, "redraws", "redraws");
        return redraws is >= 0 and <= int.MaxValue ? (int)redraws : throw Fail("redraws", $"{redraws} is no count.");
    }

    private string Text(JsonElement parent, string key, string place) =>
        Get(parent, key, JsonValueKind.String, place).GetString() ?? "";

    private long Number(JsonElement parent, string key, string place)
    {
        var element = Get(parent, key, JsonValueKind.Number, place);
        return element.TryGetInt64(out var number)
            ? number
            : throw Fail(place, $"{element.GetRawText()} is no whole number of 64 bits.");
    }

    private JsonElement Get(JsonElement parent, string key, JsonValueKind kind, string place)
    {
        if (!parent.TryGetProperty(key, out var value))
        {
            throw Fail(place, "the key is missing.");
        }
        Require(value, kind, place);
        return value;
    }

    private void Require(JsonElement value, JsonValueKind kind, string place)
    {
        if (value.ValueKind != kind)
        {
            throw Fail(place, $"{kind} is expected, {value.ValueKind} found.");
        }
    }

    private PlanException Fail(string place, string rule, Exception? cause = null) => new(_path, place, rule, cause);
}
