using System.Collections.Immutable;
using System.Text;
using ActorFed.Actors.Trust;
using ActorFed.Training.Federation;

namespace ActorFed.Actors.Tests.Kit;

/// <summary>Lets in who signs with one of these keys; a withdrawn one is turned away.</summary>
internal sealed class TestGate(params TestKey[] keys) : IGatekeeper
{
    public Admission Admit(string node, ImmutableArray<ClientId> clients, NodeProof? proof, ReadOnlySpan<byte> statement)
    {
        var shown = proof is null ? "none" : Encoding.UTF8.GetString(Convert.FromBase64String(proof.Certificate));
        var why = keys.FirstOrDefault(k => k.Holder == shown) is { } key ? key.Judge(statement, proof!.Signature) : null;
        return Array.Find(keys, k => k.Holder == shown) is { } known && why is null
            ? new Admission.Granted(known)
            : new Admission.Denied(why is { } rule ? $"it must not be {rule}" : "a registration must be signed", shown);
    }
}
