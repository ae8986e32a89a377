using GroupPortal.GraphEmulation.Store;
using GroupPortal.GraphEmulation.Tokens;

namespace GroupPortal.GraphEmulation.Http;

/// <summary>A request at its handler: what it asked, and the parts of its path.</summary>
internal sealed class Call(Tenant tenant, GraphRequest request, IReadOnlyDictionary<string, string> values)
{
    public Tenant Tenant { get; } = tenant;

    public DirectoryStore Store => Tenant.Store;

    public GraphRequest Request { get; } = request;

    public Caller Caller => Request.Caller!;

    public string this[string name] => values[name];

    /// <summary>By object id, or a person by his principal name.</summary>
    public DirectoryObject Object(ObjectKind kind, string name = "id")
    {
        var key = this[name];
        if (!Guid.TryParse(key, out var id))
        {
            if (kind == ObjectKind.User && Store.FindByPrincipalName(key) is { } person && Store.IsVisible(person))
            {
                return person;
            }

            throw kind == ObjectKind.User ? Errors.NotFound(key) : Errors.BadRequest($"Invalid object identifier '{key}'.");
        }

        return Store.TryRead(id, out var item) && item.Kind == kind ? item : throw Errors.NotFound(key);
    }

    /// <summary>By object id or <c>uniqueName='…'</c>.</summary>
    public DirectoryObject Group(string name = "id")
    {
        const string Alternate = "uniqueName=";
        var key = this[name];
        if (!key.StartsWith(Alternate, StringComparison.OrdinalIgnoreCase))
        {
            return Object(ObjectKind.Group, name);
        }

        var unique = key[Alternate.Length..].Trim('\'').Replace("''", "'", StringComparison.Ordinal);
        return Store.All(ObjectKind.Group).FirstOrDefault(group => group.Text("uniqueName") == unique && Store.IsVisible(group)) ?? throw Errors.NotFound(unique);
    }

    public Guid Id(string name = "id") =>
        Guid.TryParse(this[name], out var id) ? id : throw Errors.BadRequest($"Invalid object identifier '{this[name]}'.");
}
