using Akka.TestKit.Xunit2;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Sdk;
using static Akka.TestKit.Tests.Clocks;

namespace Akka.TestKit.Tests;

/// <summary>How failed expectations reach the test framework, xUnit's or another.</summary>
public sealed class AssertionsSpec
{
    private static readonly XunitAssertions s_assertions = new();

    /// <summary>A framework whose failures do not throw: only notes.</summary>
    private sealed class Notes : ITestKitAssertions
    {
        public List<string> Failures { get; } = [];

        public void Fail(string format = "", params object[] args) => Failures.Add(string.Format(format, args));

        public void AssertTrue(bool condition, string format = "", params object[] args)
        {
            if (!condition)
                Fail(format, args);
        }

        public void AssertFalse(bool condition, string format = "", params object[] args) => AssertTrue(!condition, format, args);

        public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args) =>
            AssertTrue(Equals(expected, actual), format, args);

        public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args) =>
            AssertTrue(comparer(expected, actual), format, args);
    }

    private sealed class Kit(Notes notes) : TestKitBase(notes, Virtual()), INoImplicitSender;

    [Fact]
    public void Arguments_are_filled_in_and_a_text_without_any_is_taken_as_it_is()
    {
        Assert.EndsWith("3 of 4", Assert.ThrowsAny<XunitException>(() => s_assertions.Fail("{0} of {1}", 3, 4)).Message);
        Assert.EndsWith("{0} {x", Assert.ThrowsAny<XunitException>(() => s_assertions.Fail("{0} {x")).Message);
        Assert.EndsWith("no", Assert.ThrowsAny<XunitException>(() => s_assertions.AssertTrue(false, "no")).Message);
        Assert.EndsWith("yes", Assert.ThrowsAny<XunitException>(() => s_assertions.AssertFalse(true, "yes")).Message);
        s_assertions.AssertTrue(true, "no");
        s_assertions.AssertFalse(false, "yes");
    }

    [Fact]
    public void Unequal_values_are_both_named()
    {
        s_assertions.AssertEqual("a", "a");
        s_assertions.AssertEqual(1, -1, (x, y) => x == -y);
        var error = Assert.Throws<AkkaEqualException>(() => s_assertions.AssertEqual("a", null!, "in round {0}", 3));
        Assert.Equal("in round 3\nExpected: a\nActual:   (null)", error.Message);
        Assert.Throws<AkkaEqualException>(() => s_assertions.AssertEqual(1, 1, (_, _) => false));
    }

    [Theory]
    [InlineData(new[] { 1, 2 }, new[] { 1, 2 }, true)]
    [InlineData(new[] { 1, 2 }, new[] { 1, 2, 3 }, false)]
    [InlineData(new[] { 1, 2 }, new[] { 2, 1 }, false)]
    [InlineData("ab", "ab", true)]
    [InlineData(1, 1L, false)]
    [InlineData(null, null, true)]
    [InlineData(null, 1, false)]
    public void Equality_looks_into_sequences_and_at_types(object? x, object? y, bool equal) =>
        Assert.Equal(equal, new AkkaAssertEqualityComparer<object?>().Equals(x, y));

    [Fact]
    public void Sequences_of_sequences_are_equal_by_their_items()
    {
        int[][] one =
        [
            [1, 2],
            [3],
        ];
        Assert.True(
            new AkkaAssertEqualityComparer<int[][]>().Equals(
                one,
                [
                    [1, 2],
                    [3],
                ]
            )
        );
        Assert.False(
            new AkkaAssertEqualityComparer<int[][]>().Equals(
                one,
                [
                    [1, 2],
                    [4],
                ]
            )
        );
    }

    [Fact]
    public void An_expectation_does_not_go_on_when_the_framework_let_a_failure_pass()
    {
        var notes = new Notes();
        var kit = new Kit(notes);
        try
        {
            var error = Assert.Throws<InvalidOperationException>(() => kit.ExpectMsg<int>(Seconds(1)));
            Assert.Contains("Timeout (00:00:01)", Assert.Single(notes.Failures));
            Assert.Contains("returned from a failure", error.Message);
        }
        finally
        {
            kit.Shutdown();
        }
    }
}
