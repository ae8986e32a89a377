using System.Diagnostics.CodeAnalysis;
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
    public DirectoryObject Group(string name = "id") =>
        UniqueName(name) is { } unique
            ? FindByUniqueName(unique) ?? throw Errors.NotFound(unique)
            : Object(ObjectKind.Group, name);

    public bool TryGroup([NotNullWhen(true)] out DirectoryObject? group)
    {
        group = UniqueName() is { } unique
            ? FindByUniqueName(unique)
            : Guid.TryParse(this["id"], out var id) && Store.TryRead(id, out var found) && found.Kind == ObjectKind.Group ? found : null;
        return group is not null;
    }

    /// <summary>Of <c>groups(uniqueName='…')</c>; null: it is named by its id.</summary>
    public string? UniqueName(string name = "id")
    {
        const string Alternate = "uniqueName=";
        var key = this[name];
        return key.StartsWith(Alternate, StringComparison.OrdinalIgnoreCase)
            ? key[Alternate.Length..].Trim('\'').Replace("''", "'", StringComparison.Ordinal)
            : null;
    }

    public Guid Id(string name = "id") =>
        Guid.TryParse(this[name], out var id) ? id : throw Errors.BadRequest($"Invalid object identifier '{this[name]}'.");

    private DirectoryObject? FindByUniqueName(string unique) =>
        Store.All(ObjectKind.Group).FirstOrDefault(group => group.Text("uniqueName") == unique && Store.IsVisible(group));
}
