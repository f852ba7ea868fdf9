namespace Akka.TestKit;

/// <summary>Marks test classes that tell without a sender: their test actor is not the sender of what they tell.</summary>
public interface INoImplicitSender;
