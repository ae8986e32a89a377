using Bunit;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Pickers;
using GroupPortal.Web.Tests.Components;

namespace GroupPortal.Web.Tests.Pickers;

public sealed class PickedListTests : ComponentTests
{
    [Fact]
    public void A_disabled_account_is_marked()
    {
        var list = List([Person("Ana Novak"), Person("Ben Ito") with { Enabled = false }]);

        Assert.Equal("2 members", list.Find(".picked-count").TextContent);
        Assert.Contains("1 disabled", list.Markup, StringComparison.Ordinal);
        Assert.Equal("Ben Ito", list.Find(".picked-name.off").TextContent);
    }

    [Fact]
    public void Who_is_about_to_join_is_no_member_yet() =>
        Assert.Equal("1 to join", Render<PickedList>(parameters => parameters
            .Add(list => list.Picked, [Person("Ana Novak")]).Add(list => list.Label, "To join").Add(list => list.What, "Joining")).Find(".picked-count").TextContent);

    [Fact]
    public void One_can_be_removed()
    {
        var ana = Person("Ana Novak");
        Guid? removed = null;
        var list = List([ana], id => removed = id);

        list.Find("button[aria-label='Remove Ana Novak']").Click();

        Assert.Equal(ana.Id, removed);
    }

    [Fact]
    public void A_long_list_can_be_searched_and_a_short_one_needs_no_search()
    {
        Assert.Empty(List([Person("Ana Novak")]).FindAll("input[type=search]"));
        var list = List([.. Enumerable.Range(0, 21).Select(number => Person($"Person {number}")), Person("Ana Novak")]);

        list.Find("input[type=search]").Input("nov");
        Assert.DoesNotContain("Person 3", list.Markup, StringComparison.Ordinal);
        list.Find("input[type=search]").Input("zzz");
        Assert.Contains("None of these is called “zzz”", list.Markup, StringComparison.Ordinal);
    }

    private static PickedObject Person(string name) => new(Guid.NewGuid(), ObjectKind.User, name, "Engineer");

    private IRenderedComponent<PickedList> List(IReadOnlyList<PickedObject> picked, Action<Guid>? removed = null)
    {
        JSInterop.SetupModule(_ => true).Mode = JSRuntimeMode.Loose;
        return Render<PickedList>(parameters => parameters
            .Add(list => list.Picked, picked)
            .Add(list => list.Label, "Members")
            .Add(list => list.OnRemove, id => removed?.Invoke(id)));
    }
}
