using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace GroupPortal.Web.Tests.Groups;

public sealed class GroupListStateTests
{
    public static TheoryData<GroupListState, string> States => new()
    {
        { new(), "/groups" },
        { new(2), "/groups?store=2" },
        { new(2, "sales & co"), "/groups?store=2&q=sales%20%26%20co" },
        { new(Kind: GroupKind.Microsoft365, Mine: true), "/groups?kind=microsoft365&mine=true" },
        { new(Sort: GroupSort.Changed, Descending: true, Page: 3), "/groups?sort=-changed&page=3" },
        { new(Descending: true), "/groups?sort=-name" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void A_state_and_its_address_are_the_same_thing(GroupListState state, string url)
    {
        ArgumentNullException.ThrowIfNull(state);
        Assert.Equal(url, state.ToUrl());

        var query = QueryHelpers.ParseQuery(url.Contains('?', StringComparison.Ordinal) ? url[url.IndexOf('?', StringComparison.Ordinal)..] : "");
        string? Of(string key) => query.TryGetValue(key, out var value) ? value.ToString() : null;
        Assert.Equal(state, GroupListState.From(
            Of("store") is { } store ? int.Parse(store, CultureInfo.InvariantCulture) : null, Of("q"), Of("kind"), Of("mine") == "true", Of("sort"), Of("page") is { } page ? int.Parse(page, CultureInfo.InvariantCulture) : null));
    }

    [Theory]
    [InlineData("7", "-", -4)]
    [InlineData("nonsense", "colour", 0)]
    [InlineData("", "", null)]
    public void What_makes_no_sense_is_the_usual(string kind, string sort, int? page) =>
        Assert.Equal(new GroupListState(), GroupListState.From(null, "  ", kind, null, sort, page) with { Descending = false });

    [Fact]
    public void A_column_sorts_one_way_then_the_other()
    {
        var byChange = new GroupListState(Page: 4).SortedBy(GroupSort.Changed);
        Assert.Equal((GroupSort.Changed, true, 1), (byChange.Sort, byChange.Descending, byChange.Page));
        Assert.False(byChange.SortedBy(GroupSort.Changed).Descending);
    }

    [Theory]
    [InlineData(StoreKind.ActiveDirectory, GroupKind.Security, new[] { -2147483646, -2147483644, -2147483640 })]
    [InlineData(StoreKind.ActiveDirectory, GroupKind.Distribution, new[] { 2, 4, 8 })]
    [InlineData(StoreKind.EntraId, GroupKind.Security, new[] { 4 })]
    [InlineData(StoreKind.EntraId, GroupKind.Distribution, new[] { 8 })]
    [InlineData(StoreKind.EntraId, GroupKind.Microsoft365, new[] { 16 })]
    [InlineData(StoreKind.EntraId, GroupKind.Team, new[] { 32 })]
    public void A_kind_stands_for_the_stores_own_group_types(StoreKind store, GroupKind kind, int[] types)
    {
        ArgumentNullException.ThrowIfNull(types);
        Assert.Equal(types, GroupKinds.TypesOf(store, kind).Order());
        Assert.All(types, type => Assert.Equal(kind, GroupKinds.Of(store, type)));
    }
}
