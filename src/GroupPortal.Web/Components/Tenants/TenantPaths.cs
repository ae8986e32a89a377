using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace GroupPortal.Web.Components.Tenants;

/// <summary>The addresses of what only a tenant of Entra ID has.</summary>
public static class TenantPaths
{
    /// <summary>The tab of the group page.</summary>
    public const string Tab = "entra";

    private const string DeletedPath = "/groups/deleted";

    /// <summary>The deleted groups of a store.</summary>
    /// <param name="text">What is searched for: the beginning of a word of a name, of a mail address, or a whole object id.</param>
    /// <param name="page">From 1.</param>
    public static string Deleted(int store, string text = "", int page = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        var query = new Dictionary<string, string?> { ["store"] = store.ToString(CultureInfo.InvariantCulture) };
        if (text.Length > 0)
        {
            query.Add("q", text);
        }

        if (page > 1)
        {
            query.Add("page", page.ToString(CultureInfo.InvariantCulture));
        }

        return QueryHelpers.AddQueryString(DeletedPath, query);
    }
}
