using System.Buffers;
using System.Text.Json;

namespace ActorFed.Training.Partitioning;

/// <summary>A plan as plan.json. The same plan gives the same bytes.</summary>
public static class PlanWriter
{
    /// <summary>The value of the key format.</summary>
    public const string Format = "actorfed-plan/1";

    /// <summary>UTF-8, a list of numbers on one line.</summary>
    public static byte[] Write(Plan plan)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("seed", plan.Seed);
            WriteCorpus(json, plan.Corpus);
            json.WriteString("scheme", plan.Partition.Scheme);
            json.WriteNumber("redraws", plan.Partition.Redraws);
            WriteClients(json, plan.Partition);
            WriteCohorts(json, plan);
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static void WriteCorpus(Utf8JsonWriter json, CorpusStamp corpus)
    {
        json.WriteStartObject("corpus");
        json.WriteString("name", corpus.Name);
        json.WriteString("fingerprint", corpus.Fingerprint);
        json.WriteNumber("documents", corpus.Documents);
        json.WriteEndObject();
    }

    private static void WriteClients(Utf8JsonWriter json, Partition partition)
    {
        json.WriteStartArray("clients");
        foreach (var shard in partition.Shards)
        {
            json.WriteStartObject();
            json.WriteString("client", shard.Client.Value);
            json.WritePropertyName("documents");
            json.WriteRawValue($"[{string.Join(',', shard.Documents)}]");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCohorts(Utf8JsonWriter json, Plan plan)
    {
        json.WriteStartArray("cohorts");
        foreach (var cohort in plan.Cohorts)
        {
            json.WriteRawValue(JsonSerializer.Serialize(cohort.Select(c => c.Value)));
        }
        json.WriteEndArray();
    }
}
