using System.Collections.Immutable;
using ActorFed.Actors.Trust;
using ActorFed.Actors.Wire;
using ActorFed.Training.Federation;
using Google.Protobuf;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Actors.Roster.Wire;

/// <summary>The wire forms of <see cref="RosterProtocol"/>.</summary>
internal static class RosterCodecs
{
    public static IEnumerable<Codec> All =>
        [
            new Codec<RegisterNode, RegisterNodeWire>("roster.register-node.2", RegisterNodeWire.Parser, To, From),
            new Codec<NodeRegistered, NodeRegisteredWire>(
                "roster.node-registered.1",
                NodeRegisteredWire.Parser,
                m => new() { Node = m.Node, Epoch = m.Epoch },
                w => new(Named(w.Node), w.Epoch)
            ),
            new Codec<NodeRefused, NodeRefusedWire>(
                "roster.node-refused.1",
                NodeRefusedWire.Parser,
                m =>
                    new()
                    {
                        Node = m.Node,
                        Client = m.Client.Value,
                        HeldBy = m.HeldBy,
                    },
                w => new(Named(w.Node), new(w.Client), Named(w.HeldBy))
            ),
            new Codec<NodeFailed, NodeFailedWire>(
                "roster.node-failed.1",
                NodeFailedWire.Parser,
                m => new() { Node = m.Node, Detail = m.Detail },
                w => new(Named(w.Node), w.Detail)
            ),
            new Codec<AskRun, AskRunWire>(
                "roster.ask-run.1",
                AskRunWire.Parser,
                m => new() { Software = To(m.Software) },
                w => new(From(w.Software))
            ),
            new Codec<RunDescription, RunDescriptionWire>(
                "roster.run-description.1",
                RunDescriptionWire.Parser,
                m =>
                    new()
                    {
                        Identity = To(m.Identity),
                        Settings = m.Settings,
                        Cluster = m.Cluster,
                    },
                w =>
                    new(
                        w.Identity is { } i ? From(i) : throw new ArgumentException("identity is missing."),
                        w.Settings,
                        w.Cluster
                    )
            ),
            new Codec<NodeMismatched, NodeMismatchedWire>(
                "roster.node-mismatched.1",
                NodeMismatchedWire.Parser,
                m =>
                    new()
                    {
                        What = m.What,
                        OfServer = m.OfServer,
                        OfNode = m.OfNode,
                    },
                w => new(w.What, w.OfServer, w.OfNode)
            ),
            new Codec<RunEnded, RunEndedWire>(
                "roster.run-ended.1",
                RunEndedWire.Parser,
                m =>
                    new()
                    {
                        Run = m.Run.Value,
                        Completed = m.Completed,
                        Detail = m.Detail,
                    },
                w => new(new(w.Run), w.Completed, w.Detail)
            ),
        ];

    private static RegisterNodeWire To(RegisterNode m)
    {
        var wire = new RegisterNodeWire { Node = m.Node, Slots = m.Slots };
        wire.Clients.AddRange(ClientRuns.Of(m.Clients));
        wire.Identity = m.Identity is { } identity ? To(identity) : null;
        wire.Proof = m.Proof is { } proof ? To(proof) : null;
        if (m.Capacity is { } capacity)
        {
            wire.Capacity = new()
            {
                Memory = capacity.Memory,
                Speed = capacity.Speed,
                MatrixKernels = capacity.MatrixKernels,
            };
            wire.Capacity.Devices.AddRange(capacity.Devices);
        }

        return wire;
    }

    private static SoftwareWire To(Software m) =>
        new()
        {
            Kernel = m.Kernel,
            Wire = m.Wire,
            Build = m.Build,
        };

    private static Software From(SoftwareWire? w) =>
        w is null ? throw new ArgumentException("software is missing.") : new(w.Kernel, w.Wire, w.Build);

    private static IdentityWire To(Identity m) =>
        new()
        {
            Software = To(m.Software),
            Run = m.Run.Value,
            Settings = m.Settings,
            BaseModel = m.BaseModel,
            Data = m.Data,
        };

    private static Identity From(IdentityWire w) => new(From(w.Software), new(w.Run), w.Settings, w.BaseModel, w.Data);

    private static RegisterNode From(RegisterNodeWire w) =>
        new(
            Named(w.Node),
            ClientRuns.Read(w.Clients),
            w.Slots >= 1 ? w.Slots : throw new ArgumentException($"slots is {w.Slots}; a node has at least 1."),
            w.Identity is { } identity ? From(identity) : null,
            w.Capacity is { } capacity
                ? new([.. capacity.Devices], capacity.Memory, capacity.Speed, MatrixKernels(capacity.MatrixKernels))
                : null,
            w.Proof is { } proof ? NodeProof.Of(proof.Certificate.Span, Signature.Of(proof.Signature.Span)) : null
        );

    // It is printed as it is.
    private static string MatrixKernels(string kernels) =>
        kernels.Length <= 64 && kernels.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? kernels
            : throw new ArgumentException("matrix_kernels is no name of at most 64 letters, digits and underscores.");

    private static ProofWire To(NodeProof m) =>
        new() { Certificate = ByteString.FromBase64(m.Certificate), Signature = ByteString.CopyFrom(m.Signature.ToBytes()) };

    private static string Named(string node) =>
        node.Length is > 0 and <= 256
            ? node
            : throw new ArgumentException($"a node's name has {node.Length} characters; 1 to 256 are allowed.");
}
