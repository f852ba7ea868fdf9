using System.Collections.Immutable;
using ActorFed.Training.Aggregation;
using ActorFed.Training.Aggregation.Robust;
using ActorFed.Training.Settings;
using ActorFed.Training.Trainers;

namespace ActorFed.Training.Methods.Layers;

/// <summary>The options that go around any method, and the order in which they do.</summary>
/// <remarks>
/// From the inside: the method, the robust rule (on what clients sent), the server's optimiser (on what the round made of it), the
/// proximal term, the control variates, the encoding of uploads, then of downloads; the ridge round stands before all of them. Personal heads (<see cref="PersonalHead"/>) go around all of it. An option that is off is not there: no bit depends on it.
/// </remarks>
internal static class MethodLayers
{
    /// <summary>Their settings.</summary>
    public static ImmutableArray<SettingSpec> Specs { get; } =
    [
        .. ServerOptimiserOptions.Specs,
        .. ProximalTerm.Specs,
        .. ControlVariates.Specs,
        .. RobustOptions.Specs,
        .. EncodedUpload.Specs,
        .. EncodedDownload.Specs,
        .. PersonalHead.Specs,
    ];

    /// <summary>The method with what its settings ask for around it.</summary>
    /// <exception cref="ArgumentException">The method refuses an option; with the reason.</exception>
    public static ITrainableMethod Around(ITrainableMethod method, MethodContext context)
    {
        var settings = context.Settings;
        var made = method;
        if (RobustOptions.Of(settings) is { Does: true } robust)
        {
            var key = robust.Rule == RobustRule.None ? RobustOptions.ClipKey : RobustOptions.RuleKey;
            ThrowIfRefused(method, robust.Needs, $"{key} = {settings.Texts[key]}");
            made = new RobustStep(made, robust);
        }

        if (ServerOptimiserOptions.Of(settings) is { IsIdentity: false } server)
        {
            ThrowIfRefused(
                method,
                [MethodOption.ServerOptimiser],
                $"{ServerOptimiserOptions.KindKey} = {settings.Choice(ServerOptimiserOptions.KindKey)}"
            );
            made = new ServerStep(made, server);
        }

        if (settings.Number(ProximalTerm.Key) is > 0 and var mu)
        {
            ThrowIfRefused(method, [MethodOption.Proximal], $"{ProximalTerm.Key} = {settings.Texts[ProximalTerm.Key]}");
            made = new ProximalTerm(made, mu);
        }

        if (settings.Flag(ControlVariates.Key))
        {
            ThrowIfRefused(
                method,
                [MethodOption.ControlVariates],
                $"{ControlVariates.Key} = {settings.Texts[ControlVariates.Key]}"
            );
            made = ControlVariates.RefusedBy(settings, method.TouchesEncoder) is { } why
                ? throw new ArgumentException($"{ControlVariates.Key}: {why}.")
                : new ControlVariates(made, TrainerOptions.Of(settings, context.Seed), context.Clients);
        }

        if (EncodedUpload.Code.Of(settings) is { } code)
        {
            ThrowIfRefused(
                method,
                [MethodOption.EncodedUpload],
                $"{EncodedUpload.Code.Key} = {settings.Choice(EncodedUpload.Code.Key)}"
            );
            made = new EncodedUpload(made, code, settings.Flag(EncodedUpload.Feedback));
        }

        if (EncodedDownload.Code.Of(settings) is { } sent)
        {
            ThrowIfRefused(
                method,
                [MethodOption.EncodedDownload],
                $"{EncodedDownload.Code.Key} = {settings.Choice(EncodedDownload.Code.Key)}"
            );
            made = new EncodedDownload(made, sent);
        }

        return settings.Choice(CommonSettings.HeadInit) == "ridge" && method is not HeadRidge
            ? new RidgeStart(made, new HeadRidge(context))
            : made;
    }

    private static void ThrowIfRefused(ITrainableMethod method, IEnumerable<MethodOption> options, string setting)
    {
        if (options.Select(method.Refuses).OfType<string>().FirstOrDefault() is { } why)
        {
            throw new ArgumentException($"{setting} cannot be combined with {method.Name}: {why}.");
        }
    }
}
