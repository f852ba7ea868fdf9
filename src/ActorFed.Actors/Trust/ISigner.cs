namespace ActorFed.Actors.Trust;

/// <summary>The key of a node, and the certificate that goes with it. A port: keys are files, and files are the host's.</summary>
/// <remarks>Used by the node and its clients at a time.</remarks>
public interface ISigner
{
    /// <summary>Signs a statement.</summary>
    Signature Sign(ReadOnlySpan<byte> statement);

    /// <summary>Signs a registration, and shows the certificate.</summary>
    NodeProof Prove(ReadOnlySpan<byte> statement);
}
