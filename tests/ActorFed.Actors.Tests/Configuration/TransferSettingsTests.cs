using ActorFed.Actors.Configuration;
using ActorFed.Actors.Transfer;
using Akka.Configuration;

namespace ActorFed.Actors.Tests.Configuration;

public sealed class TransferSettingsTests
{
    private const string Good =
        "credit = 2560 KiB, per-blob = 960 KiB, at-once = 8, retry-after = 5 s, give-up-after = 2 m, largest = 1 GiB, keep = 256 MiB, packed = on, on-disk-from = 8 MiB";

    [Fact]
    public void Options_are_read_as_they_are_written() => Assert.Equal(TransferOptions.Standard, Load(Good));

    [Theory]
    [InlineData("credit = 1 KiB", "actorfed.transfer.credit = 1 KiB: a size from 81920 B to 1073741824 B")]
    [InlineData("per-blob = 1 GiB", "actorfed.transfer.per-blob = 1 GiB: a size from 81920 B to 5242880 B")]
    [InlineData("at-once = 0", "actorfed.transfer.at-once = 0: a whole number from 1 to 1000")]
    [InlineData("retry-after = 1 ms", "actorfed.transfer.retry-after = 1 ms: a duration from 100 ms to 10 m")]
    [InlineData("give-up-after = 5 s", "actorfed.transfer.give-up-after = 5 s: must be longer than retry-after")]
    [InlineData("largest = 4 GiB", "actorfed.transfer.largest = 4 GiB: a size from 1 B to 2147483647 B")]
    [InlineData("packed = maybe", "actorfed.transfer.packed = \"maybe\": one of true, false, on, off, yes, no")]
    [InlineData("on-disk-from = 2 GiB", "actorfed.transfer.on-disk-from = 2 GiB: a size from 0 B to 1073741824 B")]
    [InlineData("kept = 3", "actorfed.transfer.kept: unknown key")]
    public void A_bad_option_is_named_with_its_value_and_its_rule(string change, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<InvalidSettingsException>(() => Load($"{Good}, {change}")).Message,
            StringComparison.Ordinal
        );

    private static TransferOptions Load(string transfer) =>
        TransferSettings.Load(ConfigurationFactory.ParseString($"actorfed.transfer {{ {transfer} }}"));
}
