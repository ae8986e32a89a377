using System.Security.Cryptography;
using System.Text;
using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Schema;

/// <summary>Reads what the adapter has to know of a domain and its server before it can answer anything: about ten searches, once.</summary>
internal static class FactsReader
{
    /// <summary>Group, top and the auxiliary classes are two levels; more would be a schema that goes in circles.</summary>
    private const int MaximumClassLevels = 8;

    /// <summary>Before the first contact: Exchange is not taken for granted.</summary>
    public static StoreCapabilities Unknown { get; } =
        new(HasMailNickname: false, HasExchange: false, HasTeams: false, MembersPerWrite: 1000);

    public static async Task<DirectoryAnswer<DomainFacts>> ReadAsync(Domain domain, CancellationToken cancellation)
    {
        // Who answers first is the one that is asked from here on, for what it says of itself as well: another may be the current one by now.
        if (await RootAsync(domain, cancellation) is DirectoryAnswer<RootDse>.Failed none)
        {
            return none.Error;
        }

        var server = domain.Client.Current;
        var searches = new DomainSearch(domain, server);
        var rootAnswer = await RootAsync(domain, cancellation, server);
        if (rootAnswer is not DirectoryAnswer<RootDse>.Ok(var root))
        {
            return rootAnswer.WhyNot();
        }

        var ownAnswer = await searches.EntryAsync(domain.BaseName, ["objectSid"], cancellation);
        if (ownAnswer is not DirectoryAnswer<LdapEntry?>.Ok(var own))
        {
            return ownAnswer.WhyNot();
        }

        if (SecurityIdentifier.Of(own?.Octets("objectSid")) is not { } domainSid)
        {
            return new DirectoryError.AccessDenied { Detail = Texts.Format("Read.Unreadable"), ServerText = $"{domain.Store.BaseDn}: objectSid" };
        }

        var schemaAnswer = await GroupSchemaAsync(searches, root.Schema, cancellation);
        if (schemaAnswer is not DirectoryAnswer<IReadOnlyDictionary<string, SchemaAttribute>>.Ok(var live))
        {
            return schemaAnswer.WhyNot();
        }

        var invocation = await InvocationIdAsync(searches, root.NtdsSettings, root.HostName, cancellation);
        return invocation.Map(id => new DomainFacts
        {
            Server = server,
            Root = root,
            InvocationId = id,
            DomainSid = domainSid,
            Catalog = LiveCatalog.Of(AttributeCatalogs.ActiveDirectory, live),
            Capabilities = Unknown with { HasMailNickname = live.ContainsKey(AttributeNames.MailNickname) },
        });
    }

    /// <summary>What the server says of itself, when it holds the configured domain.</summary>
    /// <param name="server">Only this server; null for the current one.</param>
    public static async Task<DirectoryAnswer<RootDse>> RootAsync(Domain domain, CancellationToken cancellation, LdapServer? server = null)
    {
        var answer = await new DomainSearch(domain, server).EntryAsync(LdapName.RootDse, RootDse.Attributes, cancellation);
        if (answer is not DirectoryAnswer<LdapEntry?>.Ok(var entry))
        {
            return answer.WhyNot();
        }

        if (entry is null || RootDse.Of(entry) is not { } root)
        {
            return new DirectoryError.Unsupported { Detail = Texts.Format("Read.NoDomain") };
        }

        return root.DefaultNamingContext.Equals(domain.Base)
            ? DirectoryAnswer.Ok(root)
            : new DirectoryError.NotFound { Detail = Texts.Format("Read.WrongBase", domain.Store.BaseDn, root.DefaultNamingContext.ToString()) };
    }

    private static async Task<DirectoryAnswer<IReadOnlyDictionary<string, SchemaAttribute>>> GroupSchemaAsync(
        DomainSearch searches, LdapName schema, CancellationToken cancellation)
    {
        var classes = new Dictionary<string, SchemaClass>(StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<string> next = ["group"];
        for (var level = 0; next.Count > 0 && level < MaximumClassLevels; level++)
        {
            var found = await BelowSchemaAsync(searches, schema, "classSchema", next, SchemaClass.Attributes, cancellation);
            if (found is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var entries))
            {
                return found.WhyNot();
            }

            var added = entries.Select(SchemaClass.Of).OfType<SchemaClass>().Where(one => classes.TryAdd(one.Name, one)).ToList();
            next = [.. added.SelectMany(one => one.Parts).Where(part => !classes.ContainsKey(part)).Distinct(StringComparer.OrdinalIgnoreCase)];
        }

        var names = classes.Values.SelectMany(one => one.MayHold).Distinct(StringComparer.OrdinalIgnoreCase);
        var attributes = await BelowSchemaAsync(searches, schema, "attributeSchema", names, SchemaAttribute.Attributes, cancellation);
        return attributes.Map<IReadOnlyDictionary<string, SchemaAttribute>>(entries =>
            entries.Select(SchemaAttribute.Of).OfType<SchemaAttribute>().DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase));
    }

    private static Task<DirectoryAnswer<IReadOnlyList<LdapEntry>>> BelowSchemaAsync(
        DomainSearch searches, LdapName schema, string kind, IEnumerable<string> names, IReadOnlyList<string> attributes, CancellationToken cancellation) =>
        searches.AnyOfAsync(
            names,
            name => LdapFilter.Equal("lDAPDisplayName", name),
            filter => new LdapSearch(schema, LdapScope.OneLevel, LdapFilter.And(LdapFilter.Equal("objectClass", kind), filter), attributes),
            cancellation);

    /// <summary>
    /// Of the NTDS settings object. Where that may not be read, the settings' name stands in: it is each server's own too, and
    /// only a restored server keeps it.
    /// </summary>
    /// <param name="settings">What the server says its settings are.</param>
    public static async Task<DirectoryAnswer<Guid>> InvocationIdAsync(
        DomainSearch searches, LdapName? settings, string hostName, CancellationToken cancellation)
    {
        if (settings is { } name)
        {
            var answer = await searches.EntryAsync(name, ["invocationId"], cancellation);
            if (answer is DirectoryAnswer<LdapEntry?>.Ok({ } entry) && entry.Guid("invocationId") is { } id)
            {
                return DirectoryAnswer.Ok(id);
            }

            // A server that does not answer just now has not become another one.
            if (answer is DirectoryAnswer<LdapEntry?>.Failed { Error: DirectoryError.Unavailable or DirectoryError.Throttled })
            {
                return answer.WhyNot();
            }
        }

        return DirectoryAnswer.Ok(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(settings?.ToString() ?? hostName)).AsSpan(0, 16)));
    }
}
