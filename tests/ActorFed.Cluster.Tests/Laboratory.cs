using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorFed.Cluster.Tests;

/// <summary>Machines on one switch, each line 100 Mbit/s in both directions: network namespaces, joined by a bridge in one of their own. Needs root.</summary>
/// <remarks>Nothing of the host's own network is touched, so addresses may be the same in every laboratory; names carry this process's number.</remarks>
internal sealed partial class Laboratory : IDisposable
{
    // A token bucket: at most 32 kB at once, and what would wait for longer than 20 ms is dropped, as a switch with small buffers does.
    private const string Line = "tbf rate 100mbit burst 32k latency 20ms";
    private const string Folder = "/run/netns";

    private static int s_count;

    private readonly string _name = string.Create(
        CultureInfo.InvariantCulture,
        $"actorfed-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}"
    );
    private readonly int _machines;

    /// <summary>Puts it up.</summary>
    /// <param name="machines">1 to 200.</param>
    /// <exception cref="InvalidOperationException">No network namespace can be made here; it says why.</exception>
    public Laboratory(int machines)
    {
        _machines = machines;
        try
        {
            Shell([
                .. Abandoned().Concat(Names).Select(Remove),
                .. Switch(),
                .. Enumerable.Range(0, machines).SelectMany(Machine),
            ]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private string Hub => $"{_name}-switch";

    private IEnumerable<string> Names => [Hub, .. Enumerable.Range(0, _machines).Select(Name)];

    /// <summary>The address of a machine.</summary>
    public string HostOf(int machine) => $"10.77.0.{(machine + 1).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The arguments of <c>ip</c> that start a program there; the program's own follow.</summary>
    public string[] Enter(int machine) => ["netns", "exec", Name(machine)];

    /// <summary>Pulls a machine's cable: what is sent is lost, and nobody is told.</summary>
    public void Unplug(int machine) => Shell([$"ip -n {Hub} link set port{machine} down"]);

    /// <summary>Puts it in again.</summary>
    public void Plug(int machine) => Shell([$"ip -n {Hub} link set port{machine} up"]);

    /// <inheritdoc />
    public void Dispose() => Shell([.. Names.Select(Remove)]); // a line is gone with either of its ends

    private string Name(int machine) => string.Create(CultureInfo.InvariantCulture, $"{_name}-{machine}");

    private IEnumerable<string> Switch() =>
        [$"ip netns add {Hub}", $"ip -n {Hub} link add switch type bridge", $"ip -n {Hub} link set switch up"];

    private IEnumerable<string> Machine(int i) =>
        [
            $"ip netns add {Name(i)}",
            $"ip -n {Hub} link add port{i} type veth peer name eth0 netns {Name(i)}",
            $"ip -n {Hub} link set port{i} master switch up",
            $"ip -n {Name(i)} addr add {HostOf(i)}/24 dev eth0",
            $"ip -n {Name(i)} link set lo up",
            $"ip -n {Name(i)} link set eth0 up",
            $"tc -n {Hub} qdisc add dev port{i} root {Line}", // to the machine
            $"tc -n {Name(i)} qdisc add dev eth0 root {Line}", // from it
        ];

    private static string Remove(string name) => $"[ ! -e {Folder}/{name} ] || ip netns del {name}";

    // Of processes that were killed: their numbers are nobody's now.
    private static IEnumerable<string> Abandoned() =>
        Directory.Exists(Folder)
            ? Directory
                .EnumerateFiles(Folder)
                .Select(f => Path.GetFileName(f))
                .Where(n => Numbered().Match(n) is { Success: true } m && !Directory.Exists($"/proc/{m.Groups[1].Value}"))
            : [];

    private static void Shell(string[] commands)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"set -e\n{string.Join('\n', commands)}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        using var shell = Process.Start(start)!;
        var said = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        if (shell.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"Network namespaces need root and the package iproute2 (./test --all leaves these tests out without): {said}"
            );
        }
    }

    [GeneratedRegex("^actorfed-([0-9]+)-")]
    private static partial Regex Numbered();
}
