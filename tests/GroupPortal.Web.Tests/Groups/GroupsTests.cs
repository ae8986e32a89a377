using Bunit;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using ListPage = GroupPortal.Web.Components.Pages.Groups;

namespace GroupPortal.Web.Tests.Groups;

public sealed class GroupsTests(SampleStores stores) : PortalComponentTests(stores)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private Func<string, object?>? _answer;

    internal override IEnumerable<IDirectory> Directories() =>
        Stores.All.Select(directory => WatchedDirectory.Around(directory, (method, _) => _answer?.Invoke(method)));

    [Fact]
    public void The_address_says_what_is_shown()
    {
        var page = At("/groups?store=2&q=demogroup&kind=security");

        page.WaitForAssertion(() => Assert.Equal(["DemoGroup1", "DemoGroup2"], Labels(page)), Patience);
        Assert.Equal("demogroup", page.Find("#groups-search").GetAttribute("value"));
        Assert.Equal("1–2 of 2", page.Find(".pager-range").TextContent);
    }

    [Fact]
    public void A_choice_changes_the_address_and_goes_back_to_the_first_page()
    {
        var page = At("/groups?store=2&page=2");
        page.WaitForElement(".list-kind", Patience).Change("Distribution");

        Assert.Equal("/groups?store=2&kind=distribution", Path);
    }

    [Fact]
    public void The_next_page_is_a_link()
    {
        var page = At("/groups?store=2");
        page.WaitForElement(".pager", Patience);

        Assert.Equal("/groups?store=2&page=2", page.Find(".pager a").GetAttribute("href"));
    }

    [Fact]
    public void Typing_searches_once_after_the_last_letter()
    {
        var page = At("/groups?store=2");
        page.WaitForElement("#groups-search", Patience).Input("  che");
        page.Find("#groups-search").Input("  chess ");
        Assert.Equal("/groups?store=2", Path);

        page.WaitForAssertion(() => Assert.Equal("/groups?store=2&q=chess", Path), Patience);
    }

    [Fact]
    public void Enter_does_not_wait()
    {
        var page = At("/groups?store=2");
        page.WaitForElement("#groups-search", Patience).Input("chess");
        page.Find("#groups-search").KeyDown("Enter");

        Assert.Equal("/groups?store=2&q=chess", Path);
    }

    [Fact]
    public void While_it_loads_bones_hold_the_place()
    {
        _answer = method => method == nameof(IDirectory.FindGroupsAsync) ? new TaskCompletionSource<DirectoryAnswer<Page<GroupSummary>>>().Task : null;

        Assert.Equal(8, At("/groups?store=2").FindAll(".bone-row").Count);
    }

    [Fact]
    public void A_directory_that_does_not_answer_is_an_error_that_can_be_tried_again()
    {
        _answer = method => method == nameof(IDirectory.FindGroupsAsync)
            ? Task.FromResult(DirectoryAnswer.Failed<Page<GroupSummary>>(new DirectoryError.Unavailable { ServerText = "socket closed" }))
            : null;
        var page = At("/groups?store=2&q=demogroup1");
        page.WaitForAssertion(() => Assert.Contains("did not answer", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("socket closed", page.Find("pre").TextContent, StringComparison.Ordinal);

        _answer = null;
        page.Find(".error button").Click();

        page.WaitForAssertion(() => Assert.Equal(["DemoGroup1"], Labels(page)), Patience);
    }

    [Theory]
    [InlineData("/groups?store=2&q=nothinglikethis", "No group matches", "“nothinglikethis”")]
    [InlineData("/groups?store=2&mine=true", "You own no group here", "demo.local")]
    public void An_empty_list_says_why_and_what_next(string address, string title, string why)
    {
        SignIn("nobody", "No Body", "User");
        var page = At(address);

        page.WaitForAssertion(() => Assert.Equal(title, page.Find(".empty-title").TextContent), Patience);
        Assert.Contains(why, page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find(".empty a[href='/groups/new']"));
    }

    [Fact]
    public void Members_are_never_read_for_a_list()
    {
        // The portal reads the directory in the background too.
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        _answer = method =>
        {
            asked.Enqueue(method);
            return null;
        };
        var page = At("/groups?store=3");
        page.WaitForElement(".list-table", Patience);

        Assert.DoesNotContain(asked, method => method.Contains("Member", StringComparison.Ordinal));
    }

    private string Path => new Uri(Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery;

    private IRenderedComponent<ListPage> At(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Render<ListPage>();
    }

    private static IEnumerable<string> Labels(IRenderedComponent<ListPage> page) => page.FindAll(".list-label").Select(label => label.TextContent.Trim());
}
