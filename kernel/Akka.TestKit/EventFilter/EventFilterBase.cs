using Akka.Event;
using Akka.TestKit.Internal.StringMatcher;

namespace Akka.TestKit
{
    /// <summary>Says which log events are meant.</summary>
    public interface IEventFilter
    {
        bool Apply(LogEvent logEvent);
    }
}

namespace Akka.TestKit.Internal
{
    /// <summary>A filter that tells when it has matched.</summary>
    public abstract class EventFilterBase : IEventFilter
    {
        private readonly IStringMatcher _message;
        private readonly IStringMatcher _source;

        protected EventFilterBase(IStringMatcher? messageMatcher, IStringMatcher? sourceMatcher) =>
            (_message, _source) = (messageMatcher ?? MatchesAll.Instance, sourceMatcher ?? MatchesAll.Instance);

        internal event Action<LogEvent>? Matched;

        protected abstract string FilterDescriptiveName { get; }

        protected abstract bool IsMatch(LogEvent evt);

        public bool Apply(LogEvent logEvent)
        {
            if (!IsMatch(logEvent))
                return false;
            Matched?.Invoke(logEvent);
            return true;
        }

        /// <summary>Whether source and message are those that are meant.</summary>
        protected bool InternalDoMatch(string src, object? msg) =>
            _source.IsMatch(src) && _message.IsMatch(msg?.ToString() ?? "null");

        public override string ToString()
        {
            var message = _message is MatchesAll ? "" : $" with a message {_message}";
            return FilterDescriptiveName + message + (_source is MatchesAll ? "" : $" from a source {_source}");
        }
    }

    /// <summary>Sent through the event stream: done when the listener has seen all that was logged before.</summary>
    internal sealed record Flush(Signal Done) : Actor.INoSerializationVerificationNeeded;
}
