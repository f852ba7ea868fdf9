using ActorFed.Host;
using ActorFed.Host.Verbs;

// The only place that names the console, the environment, the clock and the signals of the process.
using var interrupts = new Interrupts(Environment.Exit);
interrupts.Listen();
Interrupts.LetWritesFail();
var world = new World(
    Console.Out,
    Console.Error,
    !Console.IsErrorRedirected,
    Environment.GetEnvironmentVariable,
#pragma warning disable RS0030 // Main is where the system clock is named
    TimeProvider.System,
#pragma warning restore RS0030
    interrupts,
    Environment.CurrentDirectory
)
{
    OutIsTerminal = !Console.IsOutputRedirected,
};
return await CommandLine.RunAsync(args, world);
