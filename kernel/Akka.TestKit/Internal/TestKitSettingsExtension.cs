using Akka.Actor;

namespace Akka.TestKit.Internal;

internal sealed class TestKitSettingsExtension : ExtensionIdProvider<TestKitSettings>
{
    public static readonly TestKitSettingsExtension Instance = new();

    public override TestKitSettings CreateExtension(ExtendedActorSystem system) =>
        new(system.Settings.Config.WithFallback(TestKitBase.DefaultConfig));
}
