using System.Collections.Immutable;
using ActorFed.Host.Settings;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Security;

/// <summary>Which names may take part, and for which clients each may speak. Empty: everybody with a certificate, for any client.</summary>
/// <param name="Names">Name and clients; null for any client.</param>
internal sealed record AllowList(ImmutableSortedDictionary<string, NodeClients?> Names)
{
    /// <summary>The rule, for people.</summary>
    public const string Rule =
        "names separated by blanks, each NAME or NAME=CLIENTS with clients as in node.clients; empty for no list";

    /// <summary>No list.</summary>
    public static AllowList Everybody { get; } = new(ImmutableSortedDictionary<string, NodeClients?>.Empty);

    /// <summary>The list that a text names.</summary>
    /// <exception cref="FormatException">It names none; says what is wrong.</exception>
    public static AllowList Parse(string text)
    {
        var names = ImmutableSortedDictionary.CreateBuilder<string, NodeClients?>(StringComparer.Ordinal);
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, clients) = word.Split('=', 2) is [var left, var right] ? (left, right) : (word, null);
            if (!IssuedCertificate.IsName(name) || names.ContainsKey(name))
            {
                throw new FormatException($"'{name}' is no name ({IssuedCertificate.NameRule}), or stands there twice.");
            }

            names.Add(name, clients is null ? null : NodeClients.Parse(clients));
        }

        return new(names.ToImmutable());
    }

    /// <summary>Whether the name may take part.</summary>
    public bool Has(string name) => Names.IsEmpty || Names.ContainsKey(name);

    /// <summary>For whom each name may speak that is bound to some clients.</summary>
    /// <param name="all">Every client of the run, in client order.</param>
    /// <exception cref="UserException">The run does not have these clients.</exception>
    public ImmutableDictionary<string, ImmutableHashSet<ClientId>> ClientsByName(ImmutableArray<ClientProfile> all) =>
        Names
            .Where(n => n.Value is not null)
            .ToImmutableDictionary(n => n.Key, n => n.Value!.Of(all).Select(c => c.Client).ToImmutableHashSet());
}
