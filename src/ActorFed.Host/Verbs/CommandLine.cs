using System.CommandLine;
using System.CommandLine.Help;

namespace ActorFed.Host.Verbs;

/// <summary>The command line: the verbs, and how each kind of trouble ends.</summary>
public static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        var parsed = Root(world).Parse(arguments);
        // Signals belong to Interrupts: a handler of the library would end a round in its middle.
        var configuration = new InvocationConfiguration
        {
            // A line that cannot be understood is answered with the help too: stdout is for results.
            Output = parsed.Errors.Count > 0 ? world.Error : world.Out,
            Error = world.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            var code = await parsed.InvokeAsync(configuration);
            return parsed.Errors.Count > 0 ? (int)ExitCode.BadSettings : code;
        }
        catch (Exception e)
        {
            return (int)Trouble.Show(e, world.Error);
        }
    }

    private static RootCommand Root(World world)
    {
        var root = new RootCommand("ActorFed: federated LoRA fine-tuning as a system of actors.")
        {
            SimulateVerb.Create(world),
            ServeVerb.Create(world),
            JoinVerb.Create(world),
            StatusVerb.Create(world),
            CompareVerb.Create(world),
            EvaluateVerb.Create(world),
            ExportVerb.Create(world),
            ReportVerb.Create(world),
            NewVerb.Create(world),
            CertsVerb.Create(world),
            DoctorVerb.Create(world),
        };
        // Without a verb there is nothing to do, and --help is what the user needs.
        root.SetAction(parsed =>
        {
            world.Error.WriteLine(
                "A verb is missing: simulate, serve, join, status, compare, evaluate, export, report, new, certs or doctor. See --help."
            );
            return (int)ExitCode.BadSettings;
        });
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithCodes((HelpAction)help.Action!);
        return root;
    }

    /// <summary>The usual help, and the exit codes below it.</summary>
    private sealed class HelpWithCodes(HelpAction usual) : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = usual.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine($"Exit codes:{Environment.NewLine}{ExitCodes.Help}");
            return code;
        }
    }
}
