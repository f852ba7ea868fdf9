using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ActorFed.Host.Security;

namespace ActorFed.Host.Verbs;

/// <summary><c>certs</c>: a CA of one's own for runs over machines, and who has a certificate of it.</summary>
internal static class CertsVerb
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create(World world) =>
        new("certs", "Certificates for runs over machines: a CA of your own, one folder for each machine, a revocation list.")
        {
            Init(world),
            Issue(world),
            Revoke(world),
            List(world),
        };

    private static Command Init(World world)
    {
        var (folder, days) = (Folder(), Days(365));
        var name = new Option<string>("--name") { Description = "What the CA is called.", DefaultValueFactory = _ => "actorfed" };
        var verb = new Command("init", "Makes the CA: its key stays in this folder, and on this machine.") { folder, days, name };
        verb.SetAction(parsed =>
        {
            var (path, title) = (At(world, parsed, folder), parsed.GetValue(name)!);
            if (!IssuedCertificate.IsName(title))
            {
                throw new UsageException($"--name {title}: {IssuedCertificate.NameRule}.");
            }

            using var authority = RunAuthority.Create(path, title, parsed.GetValue(days), world.Time);
            world.Error.WriteLine(
                $"{path}: run CA {title}, valid until {Day(authority.Until)}. Keep {SecurityFiles.AuthorityKey} here."
            );
            world.Error.WriteLine(
                "Next: ./actorfed certs issue NAME --role server, and ./actorfed certs issue NAME for each node."
            );
            return (int)ExitCode.Done;
        });
        return verb;
    }

    private static Command Issue(World world)
    {
        var (folder, days) = (Folder(), Days(90));
        var name = Name("The machine's name; a node's is its name in the run.");
        var role = new Option<string>("--role")
        {
            Description = "server or node. Nodes trust servers only.",
            DefaultValueFactory = _ => "node",
        };
        role.AcceptOnlyFromAmong("server", "node");
        var verb = new Command("issue", "Makes a certificate, and a folder with all that its machine needs.")
        {
            name,
            folder,
            days,
            role,
        };
        verb.SetAction(parsed =>
        {
            using var authority = RunAuthority.Open(At(world, parsed, folder), world.Time);
            var (path, made) = authority.Issue(
                parsed.GetValue(name)!,
                IssuedCertificate.RoleOf(parsed.GetValue(role)!)!.Value,
                parsed.GetValue(days)
            );
            world.Error.WriteLine($"{path}: {IssuedCertificate.Word(made.Role)} {made.Name}, valid until {Day(made.Until)}.");
            world.Error.WriteLine(
                $"Next: copy the folder to that machine alone (it holds a private key), and start there with --certs {made.Name}."
            );
            return (int)ExitCode.Done;
        });
        return verb;
    }

    private static Command Revoke(World world)
    {
        var folder = Folder();
        var name = Name("Whose certificates are withdrawn.");
        var verb = new Command("revoke", "Withdraws a name's certificates.") { name, folder };
        verb.SetAction(parsed =>
        {
            using var authority = RunAuthority.Open(At(world, parsed, folder), world.Time);
            foreach (var certificate in authority.Revoke(parsed.GetValue(name)!))
            {
                world.Error.WriteLine($"{certificate.Name}: {certificate.Serial} is revoked.");
            }

            world.Error.WriteLine(
                $"Next: copy {authority.RevokedFile} into the folder of each server; it counts there from the next connection and the next update on."
            );
            return (int)ExitCode.Done;
        });
        return verb;
    }

    private static Command List(World world)
    {
        var folder = Folder();
        var json = new Option<bool>("--json") { Description = "Print the list as one JSON array." };
        var verb = new Command("list", "Shows every certificate that was issued here.") { folder, json };
        verb.SetAction(parsed =>
        {
            using var authority = RunAuthority.Open(At(world, parsed, folder), world.Time);
            Show(world, authority.List(), parsed.GetValue(json));
            return (int)ExitCode.Done;
        });
        return verb;
    }

    private static void Show(World world, IReadOnlyList<ListedCertificate> all, bool json)
    {
        if (json)
        {
            world.Out.WriteLine(JsonSerializer.Serialize(all.Select(Plain), Indented));
            return;
        }

        var width = all.Select(c => c.Certificate.Name.Length).DefaultIfEmpty(0).Max();
        foreach (var (c, state) in all)
        {
            world.Out.WriteLine(
                $"{c.Name.PadRight(width)}  {IssuedCertificate.Word(c.Role), -6}  {Word(state), -7}  until {Day(c.Until)}  {c.Serial}"
            );
        }
    }

    private static object Plain(ListedCertificate listed) =>
        new
        {
            listed.Certificate.Name,
            Role = IssuedCertificate.Word(listed.Certificate.Role),
            State = Word(listed.State),
            listed.Certificate.From,
            listed.Certificate.Until,
            listed.Certificate.Serial,
        };

    private static string Word(CertificateState state) => state.ToString().ToLowerInvariant();

    private static Argument<string> Name(string what) => new("name") { Description = what };

    private static Option<string> Folder() =>
        new("--dir") { Description = "The CA's folder.", DefaultValueFactory = _ => "certs" };

    private static Option<TimeSpan> Days(int standard) =>
        new("--days")
        {
            Description = "How long it is valid.",
            DefaultValueFactory = _ => TimeSpan.FromDays(standard),
            CustomParser = result =>
            {
                if (
                    int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                    && days is >= 1 and <= 36_500
                )
                {
                    return TimeSpan.FromDays(days);
                }

                result.AddError($"--days {result.Tokens[0].Value}: a whole number from 1 to 36500 is expected.");
                return default;
            },
        };

    private static string At(World world, ParseResult parsed, Option<string> folder) =>
        Path.GetFullPath(parsed.GetValue(folder)!, world.Folder);

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
