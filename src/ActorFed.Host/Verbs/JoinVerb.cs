using System.CommandLine;
using ActorFed.Host.Cluster;

namespace ActorFed.Host.Verbs;

/// <summary><c>join</c>: a node that trains for a run of another process.</summary>
internal static class JoinVerb
{
    public static Command Create(World world)
    {
        var options = new RunOptions();
        var server = new Option<string[]>("--seed-node")
        {
            Description = "A server: HOST:PORT, or akka.tcp://actorfed@HOST:PORT. Once for each of several.",
            Required = true,
        };
        var name = new Option<string?>("--name") { Description = "The node's name, unique in the run. (actorfed.node.name)" };
        var clients = new Option<string?>("--host-clients")
        {
            Description = "Clients that live here: all, 1-8, or 2/3. (actorfed.node.clients)",
        };
        var listen = new Option<string?>("--listen") { Description = "HOST:PORT that the server reaches this node by." };
        var certs = CertsOption.Create();
        var output = new Option<string?>("--out")
        {
            Description = "The node's folder: personal states of its clients, unfinished downloads; without it nodes/NAME.",
        };
        var verb = new Command("join", "Trains clients of a run that another process serves; its settings come from there.")
        {
            server,
            name,
            clients,
            listen,
            certs,
            output,
        };
        options.AddTo(verb);
        verb.SetAction(async parsed =>
        {
            var said = options.Read(parsed);
            KeyValuePair<string, string>[] shortly =
            [
                .. Setting("actorfed.node.name", parsed.GetValue(name)),
                .. Setting("actorfed.node.clients", parsed.GetValue(clients)),
                .. CertsOption.Settings(parsed.GetValue(certs)),
            ];
            var request = new NodeRequest(
                said with
                {
                    Values = [.. shortly, .. said.Values],
                },
                ServerAddress.Runs("--seed-node", parsed.GetValue(server)),
                parsed.GetValue(listen) is { } text ? Listen.Parse(text) : null,
                parsed.GetValue(output)
            );
            return (int)await NodeRun.ExecuteAsync(request, world);
        });
        return verb;
    }

    private static IEnumerable<KeyValuePair<string, string>> Setting(string path, string? value) =>
        value is null ? [] : [new(path, value)];
}
