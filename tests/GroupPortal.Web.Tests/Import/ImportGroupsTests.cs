using System.Reflection;
using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.SmartGroups.Import;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Import;

public sealed class ImportGroupsTests : PortalComponentTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private PreviewAnswer _preview = new PreviewAnswer.Loading(1234);

    public ImportGroupsTests(SampleStores stores)
        : base(stores)
    {
        Services.AddSingleton<ISmartEvaluator>(new NobodyIn());
        Services.AddSingleton(provider => new ImportService(
            provider.GetRequiredService<StoreRegistry>(), provider.GetRequiredService<GroupReader>(), provider.GetRequiredService<RuleReader>(), (_, _, _) => Task.FromResult(_preview)));
    }

    private static PreviewAnswer.Ok Counts(int joining, int leaving, int staying, params PreviewMember[] members) =>
        new(new Preview("hash", default, new PreviewCounts(joining + staying, joining, leaving, staying, 0), [], GuardVerdict.Nothing, [], members, members.Length, []));

    [Fact]
    public void Only_administrators_reach_the_page() =>
        Assert.Equal(PortalRoles.Administrator, typeof(ImportGroups).GetCustomAttributes<AuthorizeAttribute>().Single(one => one.Roles is not null).Roles);

    [Fact]
    public void A_file_is_shown_as_it_was_recognised_before_anything_else()
    {
        var page = Upload("GroupName;Colour;Criteria\nDemoGroup1;red;(department Present)\n");

        page.WaitForAssertion(() => Assert.Contains("semicolon", page.Find(".facts").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("UTF-8", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("Colour", page.Find(".facts").TextContent, StringComparison.Ordinal);
        Assert.Equal(["2", "DemoGroup1", "red", "(department Present)"], page.FindAll(".first-rows tbody td").Select(cell => cell.TextContent));
    }

    [Fact]
    public void The_effect_of_each_group_can_be_unfolded()
    {
        _preview = Counts(2, 1, 3, new PreviewMember(Guid.NewGuid(), ObjectKind.User, "Ana Novak", "CN=Ana Novak,DC=demo,DC=local", Standing.Joining, false, true)
        {
            Values = new Dictionary<string, IReadOnlyList<string>>(),
        });
        var page = Upload("GroupName;Criteria\nDemoGroup1;(department Present)\n");

        page.WaitForAssertion(() => Assert.Equal(["+2 join", "=1 kept by exception", "=3 stay"], page.FindAll(".count").Select(button => Words(button.TextContent))), Patience);
        page.Find(".count-positive").Click();

        page.WaitForAssertion(() => Assert.Contains("Ana Novak", page.Find(".people li").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("Save 1 group", Words(page.Find("[data-save]").TextContent));
    }

    [Fact]
    public void Data_that_is_still_being_read_is_counted_again_when_asked()
    {
        var page = Upload("GroupName;Criteria\nDemoGroup1;(department Present)\n");
        page.WaitForAssertion(() => Assert.Contains("1,234", page.Find(".effect").TextContent, StringComparison.Ordinal), Patience);

        // Whose effect is not known is not saved.
        Assert.True(page.Find("[data-save]").HasAttribute("disabled"));
        _preview = Counts(2, 0, 3);
        page.FindAll(".effect button").Single(button => button.TextContent == "Count again").Click();

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".count").Count), Patience);
        Assert.False(page.Find("[data-save]").HasAttribute("disabled"));
    }

    [Fact]
    public void Broken_criteria_say_where_and_are_not_saved()
    {
        _preview = Counts(2, 0, 3);
        var page = Upload("""[{ "Name": "DemoGroup1", "Criteria": "(department contains \"eng\"" }, { "Name": "DemoGroup2", "Criteria": "(department Present)" }]""");

        page.WaitForAssertion(() => Assert.Contains("$[0].Criteria", page.Find(".effect-problems").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Equal("Save 1 group", Words(page.Find("[data-save]").TextContent)), Patience);
    }

    [Fact]
    public void A_name_that_leads_nowhere_is_settled_by_hand()
    {
        _preview = Counts(2, 0, 3);
        var page = Upload("""[{ "Name": "DemoGroup1", "Criteria": "(department Present)", "Exclude": ["nobody.at.all"] }]""");
        page.WaitForAssertion(() => Assert.Contains("nobody.at.all", page.Find("fieldset.open legend").TextContent, StringComparison.Ordinal), Patience);
        Assert.True(page.Find("[data-save]").HasAttribute("disabled"));

        page.FindAll("fieldset.open button").Single(button => button.TextContent == "Leave out").Click();

        page.WaitForAssertion(() => Assert.False(page.Find("[data-save]").HasAttribute("disabled")), Patience);
        Assert.Empty(page.FindAll("fieldset.open"));
    }

    [Fact]
    public async Task What_is_saved_is_shown_line_by_line_and_stands_in_the_group()
    {
        _preview = Counts(0, 0, 1);
        var page = Upload("""[{ "Name": "DemoGroup1", "Criteria": "(department Present)", "Exclude": ["uma"] }, { "Name": "DemoGroup2", "Criteria": "(title Present)" }]""");
        page.WaitForAssertion(() => Assert.Equal("Save 2 groups", Words(page.Find("[data-save]").TextContent)), Patience);
        await page.FindAll(".effect input[type=checkbox]")[1].ChangeAsync(new() { Value = false });
        Assert.Equal("Save 1 group", Words(page.Find("[data-save]").TextContent));

        await page.Find("[data-save]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 of 1 saved.", page.Find("[role=status]").TextContent), Patience);
        Assert.Contains("(department Present)", page.Find(".outcome").TextContent, StringComparison.Ordinal);
        var group = await GroupAsync("DemoGroup1");
        Assert.Equal((Membership.Smart, "(department Present)"), (group.Membership, group.Attributes.First(AttributeNames.Criteria)));
        Assert.Single(group.Attributes[AttributeNames.Exclude]);
        Assert.Equal(Membership.Static, (await GroupAsync("DemoGroup2")).Membership);
    }

    [Fact]
    public void A_file_without_queries_says_what_is_missing()
    {
        var page = Upload("a,b\n1,2\n");

        page.WaitForAssertion(() => Assert.Contains("Criteria", page.Find(".file-problems").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll("[data-save]"));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private IRenderedComponent<ImportGroups> Upload(string text)
    {
        var page = Render<ImportGroups>();
        page.WaitForElement("#import-file", Patience);
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(text, "queries.txt"));
        return page;
    }

    private async Task<GroupState> GroupAsync(string name)
    {
        var reader = Services.GetRequiredService<GroupReader>();
        var found = Assert.IsType<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok>(await reader.ResolveAsync(2, [name], [ObjectKind.Group], CancellationToken.None)).Value;
        var id = Assert.IsType<ReferenceMatch.Found>(found[name]).Object.Id;
        return Assert.IsType<DirectoryAnswer<GroupState?>.Ok>(await reader.GetAsync(2, id, CancellationToken.None)).Value!;
    }

    /// <summary>A rule that selects nobody: whoever is in a static group stays by exception.</summary>
    private sealed class NobodyIn : ISmartEvaluator
    {
        public Task<SmartEvaluation> EvaluateAsync(int storeId, Guid? groupId, SmartRule rule, CancellationToken cancellation) =>
            Task.FromResult<SmartEvaluation>(new SmartEvaluation.Ok(new Dictionary<Guid, SelectedObject>(), default));

        public IReadOnlyDictionary<Guid, StepTarget> Describe(int storeId, IReadOnlyCollection<Guid> ids) => new Dictionary<Guid, StepTarget>();
    }
}
