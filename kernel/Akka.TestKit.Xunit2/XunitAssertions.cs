using System.Globalization;
using Akka.TestKit.Xunit2.Internals;
using Xunit;

namespace Akka.TestKit.Xunit2;

/// <summary>Failed expectations as failed assertions of xUnit.</summary>
public class XunitAssertions : ITestKitAssertions
{
    public virtual void Fail(string format = "", params object[] args) => Assert.Fail(Filled(format, args));

    public virtual void AssertTrue(bool condition, string format = "", params object[] args)
    {
        if (!condition)
            Fail(format, args);
    }

    public virtual void AssertFalse(bool condition, string format = "", params object[] args)
    {
        if (condition)
            Fail(format, args);
    }

    public virtual void AssertEqual<T>(T expected, T actual, string format = "", params object[] args)
    {
        if (!new AkkaAssertEqualityComparer<T>().Equals(expected, actual))
            throw AkkaEqualException.ForMismatchedValues(expected, actual, format, args);
    }

    public virtual void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args)
    {
        if (!comparer(expected, actual))
            throw AkkaEqualException.ForMismatchedValues(expected, actual, format, args);
    }

    private static string Filled(string format, object[] args) =>
        args.Length > 0 ? string.Format(CultureInfo.InvariantCulture, format, args) : format;
}
