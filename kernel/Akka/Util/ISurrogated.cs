using Akka.Actor;

namespace Akka.Util;

/// <summary>A stand-in that can be serialised anywhere and turned back into the real object by an actor system.</summary>
public interface ISurrogate
{
    ISurrogated FromSurrogate(ActorSystem system);
}

/// <summary>An object bound to an actor system; serializers write its surrogate in its place.</summary>
public interface ISurrogated
{
    ISurrogate ToSurrogate(ActorSystem system);
}
