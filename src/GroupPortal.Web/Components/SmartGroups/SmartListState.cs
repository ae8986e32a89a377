using System.Globalization;
using GroupPortal.Application.Schedules;
using Microsoft.AspNetCore.WebUtilities;

namespace GroupPortal.Web.Components.SmartGroups;

/// <summary>What the list of smart groups shows, as its address says it. What makes no sense is read as the usual.</summary>
/// <param name="Store">Null: the store that is worked on.</param>
/// <param name="Page">From 1.</param>
public sealed record SmartListState(int? Store = null, string Text = "", SmartGroupFilter Filter = SmartGroupFilter.All, int Page = 1)
{
    public const string Path = "/smart-groups";
    public const int PageSize = 50;

    public bool IsFiltered => Text.Length > 0 || Filter != SmartGroupFilter.All;

    public static SmartListState From(int? store, string? text, string? filter, int? page) => new(
        store,
        (text ?? "").Trim(),
        Enum.TryParse<SmartGroupFilter>(filter, ignoreCase: true, out var one) && Enum.IsDefined(one) ? one : SmartGroupFilter.All,
        Math.Clamp(page ?? 1, 1, 1_000_000));

    public string ToUrl()
    {
        var query = new Dictionary<string, string?>();
        if (Store is { } store)
        {
            query.Add("store", store.ToString(CultureInfo.InvariantCulture));
        }

        if (Text.Length > 0)
        {
            query.Add("q", Text);
        }

        if (Filter != SmartGroupFilter.All)
        {
            query.Add("filter", Filter.ToString().ToLowerInvariant());
        }

        if (Page > 1)
        {
            query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
        }

        return QueryHelpers.AddQueryString(Path, query);
    }
}
