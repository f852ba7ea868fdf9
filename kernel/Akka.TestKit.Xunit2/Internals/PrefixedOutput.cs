using Akka.Actor;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2.Internals;

internal sealed class PrefixedOutput(ITestOutputHelper output, string prefix) : ITestOutputHelper
{
    public void WriteLine(string message) => output.WriteLine(prefix + message);

    public void WriteLine(string format, params object[] args) => output.WriteLine(prefix + format, args);
}

internal sealed class TestOutputLoggerProducer(ITestOutputHelper output) : IIndirectActorProducer
{
    public Type ActorType => typeof(TestOutputLogger);

    public ActorBase Produce() => new TestOutputLogger(output);

    public void Release(ActorBase actor) { }
}
