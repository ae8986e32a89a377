using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace GroupPortal.Web.Components.Groups;

/// <summary>
/// What the list of groups shows, as its address says it: it can be shared, and the back button works. What is usual is
/// not written; what makes no sense is read as the usual.
/// </summary>
/// <param name="Store">Null: the store that is worked on.</param>
/// <param name="Page">From 1.</param>
public sealed record GroupListState(
    int? Store = null,
    string Text = "",
    GroupKind? Kind = null,
    bool Mine = false,
    GroupSort Sort = GroupSort.Name,
    bool Descending = false,
    int Page = 1)
{
    public const string Path = "/groups";
    public const int PageSize = 50;

    public bool IsFiltered => Text.Length > 0 || Kind is not null || Mine;

    public static GroupListState From(int? store, string? text, string? kind, bool? mine, string? sort, int? page)
    {
        var descending = sort is ['-', ..];
        var by = Enum.TryParse<GroupSort>(descending ? sort![1..] : sort, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : GroupSort.Name;
        return new GroupListState(
            store,
            (text ?? "").Trim(),
            Enum.TryParse<GroupKind>(kind, ignoreCase: true, out var one) && Enum.IsDefined(one) ? one : null,
            mine ?? false,
            by,
            descending,
            Math.Clamp(page ?? 1, 1, 1_000_000));
    }

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

        if (Kind is { } kind)
        {
            query.Add("kind", kind.ToString().ToLowerInvariant());
        }

        if (Mine)
        {
            query.Add("mine", "true");
        }

        if (Sort != GroupSort.Name || Descending)
        {
            query.Add("sort", (Descending ? "-" : "") + Sort.ToString().ToLowerInvariant());
        }

        if (Page > 1)
        {
            query.Add("page", Page.ToString(CultureInfo.InvariantCulture));
        }

        return QueryHelpers.AddQueryString(Path, query);
    }

    /// <summary>Sorted by a column; by the same one again, the other way round. What changed last comes first.</summary>
    public GroupListState SortedBy(GroupSort sort) =>
        this with { Sort = sort, Descending = Sort == sort ? !Descending : sort == GroupSort.Changed, Page = 1 };

    public GroupQuery ToQuery(StoreKind store) => new(
        Text,
        Kind is { } kind ? GroupKinds.TypesOf(store, kind) : null,
        Sort: Sort,
        Descending: Descending,
        Skip: (Page - 1) * PageSize,
        Take: PageSize);
}
