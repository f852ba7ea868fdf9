using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;

namespace ActorFed.Actors.Tests.Wire;

/// <summary>Messages of a user's own actors, which have no wire form of ours.</summary>
public sealed class OwnMessageTests : FaultKit
{
    private sealed record Note(RoundKey Key, string Text);

    [Fact]
    public void A_message_that_names_a_round_goes_through_the_serializer_that_writes_every_property()
    {
        var note = new Note(Some.Key(round: 3, attempt: 1), "mine");
        var serializer = Sys.Serialization.FindSerializerFor(note);
        var text = System.Text.Encoding.UTF8.GetString(serializer.ToBinary(note)); // ends: a round does not hold the one after it
        Assert.Contains("\"Number\":", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Next", text, StringComparison.Ordinal);
    }
}
