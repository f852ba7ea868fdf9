using System.Text;
using ActorFed.Actors.Replication.Wire;
using ActorFed.Actors.Roster.Wire;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Rounds.Wire;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Runs.Wire;
using ActorFed.Actors.Transfer.Wire;
using ActorFed.Actors.Wire;
using Google.Protobuf.Reflection;

namespace ActorFed.Actors.Tests.Wire;

/// <summary>What goes over the wire, as text in the repository: a change of a message is a diff that a reviewer sees.</summary>
public sealed class WireContractTests
{
    [Fact]
    public void The_wire_is_as_it_was_approved()
    {
        var approved = Path.Combine(AppContext.BaseDirectory, "Wire", "wire-contract.approved.txt");
        var contract = Contract();
        File.WriteAllText(Path.ChangeExtension(approved, "received.txt"), contract); // to be compared, and copied when the change is meant
        Assert.Equal(File.ReadAllText(approved).ReplaceLineEndings("\n"), contract);
    }

    private static string Contract()
    {
        var text = new StringBuilder();
        foreach (var (manifest, message) in WireSerializer.Known)
        {
            text.Append($"{manifest} = {message.Name}\n");
            foreach (var property in message.GetConstructors()[0].GetParameters())
            {
                text.Append($"  {property.Name}: {Name(property.ParameterType)}\n");
            }
        }

        foreach (
            var type in (
                (FileDescriptor[])
                    [
                        RoundReflection.Descriptor,
                        RosterReflection.Descriptor,
                        TransferReflection.Descriptor,
                        StatusReflection.Descriptor,
                        ReplicaReflection.Descriptor,
                    ]
            ).SelectMany(f => f.MessageTypes)
        )
        {
            text.Append($"message {type.FullName}\n");
            foreach (var field in type.Fields.InFieldNumberOrder())
            {
                var kind = field.FieldType == FieldType.Message ? field.MessageType.FullName : field.FieldType.ToString();
                text.Append($"  {field.FieldNumber} {field.Name}: {(field.IsRepeated ? "repeated " : "")}{kind}\n");
            }
        }

        foreach (var refusal in Enum.GetValues<Refusal>())
        {
            text.Append($"refusal {(int)refusal} = {refusal}\n");
        }

        foreach (var stage in Enum.GetValues<RunStage>())
        {
            text.Append($"stage {(int)stage} = {stage}\n");
        }

        return text.ToString();
    }

    private static string Name(Type type) =>
        type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
}
