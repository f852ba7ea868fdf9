using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Serialization.Proto;
using Akka.Serialization;
using Google.Protobuf;

namespace Akka.Remote.Serialization;

/// <summary>Selections on their way.</summary>
internal sealed class MessageContainerSerializer(ExtendedActorSystem system) : Serializer(system)
{
    private const int MostSteps = 128;
    private const int LongestStep = 512;

    public override bool IncludeManifest => false;

    public override byte[] ToBinary(object obj)
    {
        if (obj is not ActorSelectionMessage selection)
            throw new ArgumentException($"Cannot serialize object of type [{obj.GetType()}]");
        var proto = new Selection
        {
            WildcardFanOut = selection.WildCardFanOut,
            Message = Contents.Write(system, selection.Message),
        };
        proto.Steps.AddRange(selection.Elements.Select(Write));
        return proto.ToByteArray();
    }

    private static Step Write(SelectionPathElement element) =>
        element switch
        {
            SelectChildName name => new Step { Kind = Step.Types.Kind.Name, Text = name.Name },
            SelectChildPattern pattern => new Step { Kind = Step.Types.Kind.Pattern, Text = pattern.Pattern },
            _ => new Step { Kind = Step.Types.Kind.Parent },
        };

    public override object FromBinary(byte[] bytes, Type type)
    {
        var proto = Selection.Parser.ParseFrom(bytes);
        if (proto.Steps.Count > MostSteps || proto.Steps.Any(s => s.Text.Length > LongestStep))
            throw new SerializationException(
                $"A selection has {proto.Steps.Count} steps; the most is {MostSteps}, of {LongestStep} characters each."
            );
        var message = Contents.Read(system, proto.Message) ?? throw new SerializationException("A selection carries no message.");
        return new ActorSelectionMessage(message, [.. proto.Steps.Select(Read)], proto.WildcardFanOut);
    }

    private static SelectionPathElement Read(Step step) =>
        step.Kind switch
        {
            Step.Types.Kind.Name => new SelectChildName(step.Text),
            Step.Types.Kind.Pattern => new SelectChildPattern(step.Text),
            Step.Types.Kind.Parent => new SelectParent(),
            _ => throw new SerializationException($"A step of a selection is of kind {(int)step.Kind}, which does not exist."),
        };
}
