using System.Text;
using Akka.Actor.Setup;
using Akka.Cluster.SBR;
using Akka.Hosting;

namespace Akka.Cluster.Hosting.SBR;

/// <summary>Which side of a split lives on.</summary>
public abstract class SplitBrainResolverOption : IHoconOption
{
    /// <summary>keep-majority, for all roles.</summary>
    public static readonly SplitBrainResolverOption Default = new KeepMajorityOption();

    protected SplitBrainResolverOption() { }

    public abstract string ConfigPath { get; }

    public Type Class => typeof(SplitBrainResolverProvider);

    /// <summary>Only members with that role count.</summary>
    public string? Role { get; set; }

    public abstract void Apply(AkkaConfigurationBuilder builder, Setup? setup = null);

    private protected void Apply(AkkaConfigurationBuilder builder, params (string Key, string? Value)[] settings)
    {
        const string Section = "akka.cluster.split-brain-resolver";
        var hocon = new StringBuilder()
            .AppendLine($"akka.cluster.downing-provider-class = \"{Class.FullName}, {Class.Assembly.GetName().Name}\"")
            .AppendLine($"{Section}.active-strategy = {ConfigPath}");
        foreach (var (key, value) in settings.Append(("role", Role?.ToHocon())))
        {
            if (value is not null)
                hocon.AppendLine($"{Section}.{ConfigPath}.{key} = {value}");
        }
        builder.AddHocon(hocon.ToString(), HoconAddMode.Prepend);
    }
}

/// <summary>The larger side lives on.</summary>
public sealed class KeepMajorityOption : SplitBrainResolverOption
{
    public override string ConfigPath => SplitBrainResolverSettings.KeepMajorityName;

    public override void Apply(AkkaConfigurationBuilder builder, Setup? setup = null) => Apply(builder, []);
}

/// <summary>The side of the oldest lives on.</summary>
public sealed class KeepOldestOption : SplitBrainResolverOption
{
    public override string ConfigPath => SplitBrainResolverSettings.KeepOldestName;

    /// <summary>Whether the oldest goes where it is alone.</summary>
    public bool? DownIfAlone { get; set; }

    public override void Apply(AkkaConfigurationBuilder builder, Setup? setup = null) =>
        Apply(builder, [("down-if-alone", DownIfAlone?.ToHocon())]);
}

/// <summary>A side with enough members lives on.</summary>
public sealed class StaticQuorumOption : SplitBrainResolverOption
{
    public override string ConfigPath => SplitBrainResolverSettings.StaticQuorumName;

    /// <summary>More than half of what the cluster will ever have; must be set, here or in the configuration.</summary>
    public int? QuorumSize { get; set; }

    public override void Apply(AkkaConfigurationBuilder builder, Setup? setup = null) =>
        Apply(builder, [("quorum-size", QuorumSize?.ToHocon())]);
}
