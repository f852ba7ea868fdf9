namespace ActorFed.Training.Lora;

/// <summary>Names of LoRA tensors: <c>layers.0.attention.q.lora_A</c> [rank, in] and <c>.lora_B</c> [out, rank].</summary>
public static class LoraNames
{
    /// <summary>Ends the name of the factor A.</summary>
    public const string SuffixA = ".lora_A";

    /// <summary>Ends the name of the factor B.</summary>
    public const string SuffixB = ".lora_B";

    /// <summary>The name of a map's A, [rank, in].</summary>
    public static string A(string map) => map + SuffixA;

    /// <summary>The name of a map's B, [out, rank].</summary>
    public static string B(string map) => map + SuffixB;

    /// <summary>The map whose A this is; null for any other tensor.</summary>
    public static string? MapOfA(string name) =>
        name.EndsWith(SuffixA, StringComparison.Ordinal) ? name[..^SuffixA.Length] : null;
}
