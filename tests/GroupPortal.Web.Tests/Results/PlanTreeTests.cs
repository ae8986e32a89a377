using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Web.Api.Groups;
using GroupPortal.Web.Components.Results;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Results;

public sealed class PlanTreeTests : BunitContext
{
    public PlanTreeTests()
    {
        Services.AddLocalization();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Theory]
    [InlineData(StepStatus.Planned, PlanState.Planned, "Planned")]
    [InlineData(StepStatus.Planned, PlanState.Running, "In progress")]
    [InlineData(StepStatus.Done, PlanState.Finished, "Applied")]
    [InlineData(StepStatus.NoChange, PlanState.Finished, "Nothing to do")]
    [InlineData(StepStatus.Failed, PlanState.Finished, "Refused")]
    [InlineData(StepStatus.Waiting, PlanState.Finished, "Waiting")]
    [InlineData(StepStatus.Cancelled, PlanState.Finished, "Cancelled")]
    [InlineData(StepStatus.Unknown, PlanState.Finished, "Unknown")]
    [InlineData(StepStatus.NotAttempted, PlanState.Finished, "Not attempted")]
    public void A_status_is_a_word_with_an_icon(StepStatus status, PlanState state, string word)
    {
        var tree = Tree([Description(status)], state);

        var cell = tree.Find(".plan-row td:last-child");
        Assert.Equal(word, cell.QuerySelector(".status")!.TextContent.Trim());
        Assert.NotNull(cell.QuerySelector("svg.icon"));
    }

    [Fact]
    public void A_team_that_comes_later_waits_and_says_for_what()
    {
        var error = new DirectoryError.NotFound { Detail = "The team follows.", ServerText = "404" };
        var team = new PlanStep(1, PlanAction.Set, AttributeNames.Team, [], ["Sales"]) { KeptBy = KeptBy.Teams };
        var tree = Tree([Description(StepStatus.Done), new PlanRow(team, new StepOutcome(1, StepStatus.Waiting, error))], PlanState.Finished);

        var row = tree.FindAll(".plan-row")[^1];
        Assert.StartsWith("Team in Microsoft Teams", row.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("Waiting", row.QuerySelector(".status")!.TextContent.Trim());
        Assert.Equal("The team follows.", row.QuerySelector(".status-message")!.TextContent);
        Assert.Equal("404", row.QuerySelector(".status-server pre")!.TextContent);
        Assert.Equal("1 of 2 done, 1 waiting", tree.Find(".plan-summary").TextContent);
        Assert.Contains("Waiting", tree.Find(".plan-filter").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_team_that_waits_for_no_known_reason_says_all_the_same_that_it_comes()
    {
        var team = new PlanStep(0, PlanAction.Set, AttributeNames.Team, [], ["Sales"]) { KeptBy = KeptBy.Teams };

        Assert.StartsWith("Microsoft Teams makes the team later", Tree([new PlanRow(team, new StepOutcome(0, StepStatus.Waiting))]).Find(".status-message").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PlanAction.Set, "Set")]
    [InlineData(PlanAction.Clear, "Clear")]
    [InlineData(PlanAction.Rename, "Rename")]
    [InlineData(PlanAction.Move, "Move")]
    [InlineData(PlanAction.NoChange, "Nothing to do")]
    [InlineData(PlanAction.Restore, "Restore")]
    public void An_action_is_a_word(PlanAction action, string word) =>
        Assert.Equal(word, Tree([new PlanRow(new PlanStep(0, action, "description", ["a"], ["b"]))]).Find(".plan-row td:nth-child(3)").TextContent.Trim());

    [Fact]
    public void What_a_line_does_to_others_stands_below_it()
    {
        var step = new PlanStep(0, PlanAction.Set, AttributeNames.Licences, [], ["6fd2c87f-b296-42f0-b197-1e91e994b900"]) { Effect = "412 members get Office 365 E3." };

        Assert.Equal("412 members get Office 365 E3.", Tree([new PlanRow(step)]).Find(".plan-row .plan-effect").TextContent);
        Assert.Empty(Tree([Description(StepStatus.Planned)]).FindAll(".plan-effect"));
    }

    [Fact]
    public void The_plan_of_the_api_says_it_too_and_its_result_does_not()
    {
        var step = new PlanStep(0, PlanAction.Set, AttributeNames.Licences, [], ["x"]) { Effect = "412 members get Office 365 E3." };

        Assert.Equal("412 members get Office 365 E3.", RowTexts.MessageOf(new PlanRow(step)));
        Assert.Null(RowTexts.MessageOf(new PlanRow(step, StepOutcome.Done(0))));
    }

    [Theory]
    [InlineData("container", "OU=Sales,OU=Groups,DC=demo,DC=local", StoreKind.ActiveDirectory, "Container", "demo.local › Groups › Sales")]
    [InlineData("groupType", "-2147483640", StoreKind.ActiveDirectory, "Kind of group", "Universal security")]
    [InlineData("groupType", "4", StoreKind.ActiveDirectory, "Kind of group", "Domain local distribution")]
    [InlineData("groupType", "4", StoreKind.EntraId, "Kind of group", "Security")]
    [InlineData("", "CN=Otter Watch,DC=example,DC=com", StoreKind.EntraId, "Group", "Otter Watch")]
    [InlineData("membershipRuleProcessingState", "Paused", StoreKind.EntraId, "Membership rule is applied", "Paused")]
    [InlineData("groupType", "16", StoreKind.EntraId, "Kind of group", "Microsoft 365")]
    [InlineData("groupType", "-2147483646", null, "Kind of group", "Global security")]
    [InlineData("groupType", "32", null, "Kind of group", "Team")]
    [InlineData("groupType", "8", null, "Kind of group", "8")]
    [InlineData("XGroupSecurity", "Semi_Private", null, "Who can join", "On approval")]
    [InlineData("IMSGManagedGroupType", "1", null, "Who decides the members", "People choose them")]
    [InlineData("extensionAttribute7", "x", null, "Extension attribute 7", "x")]
    [InlineData("company", "Netwrix", null, "company", "Netwrix")]
    public void Attributes_and_values_are_in_peoples_words_with_the_directorys_own_in_the_tooltip(
        string path, string value, StoreKind? kind, string label, string words)
    {
        var tree = Tree([new PlanRow(new PlanStep(0, PlanAction.Set, path, [], [value]))], kind: kind);

        var what = tree.Find(".plan-what");
        Assert.Equal((label, path), (what.TextContent, what.GetAttribute("title")));
        var after = tree.Find(".change-after .change-value");
        Assert.Equal((words, value), (after.TextContent.Trim(), after.GetAttribute("title")));
        Assert.Equal("—", tree.Find(".change-before").TextContent.Trim());
    }

    [Fact]
    public void A_refused_line_says_why_and_keeps_the_servers_words()
    {
        var error = new DirectoryError.UnknownAttribute { Detail = "Groups have no company here.", ServerText = "0000200A: SvcErr" };
        var tree = Tree([new PlanRow(Step("company"), StepOutcome.Failed(0, error))], PlanState.Finished);

        Assert.Equal("Groups have no company here.", tree.Find(".status-message").TextContent);
        Assert.Equal("0000200A: SvcErr", tree.Find(".status-server pre").TextContent);
    }

    [Fact]
    public void A_conflict_shows_what_was_wanted_and_what_stands()
    {
        var step = new PlanStep(0, PlanAction.Set, "description", ["A"], ["B"]);
        var tree = Tree([new PlanRow(step, StepOutcome.Failed(0, new DirectoryError.Conflict(["A"], ["C"])))], PlanState.Finished);

        Assert.Equal(["You: A → becomes B", "Stands now: C"], tree.FindAll(".plan-side").Select(side => Squeeze(side.TextContent)));
    }

    [Fact]
    public void Members_are_one_line_with_counts_that_opens()
    {
        var rows = Members(7, StepStatus.Planned);
        var tree = Tree(rows);

        Assert.Equal("+7", tree.Find(".plan-signs .sign span").TextContent);
        Assert.Equal("7 planned", tree.Find(".plan-list .status").TextContent.Trim());
        Assert.Empty(tree.FindAll(".plan-child"));

        tree.Find(".plan-toggle").Click();
        Assert.Equal(7, tree.FindAll(".plan-child").Count);
    }

    [Fact]
    public void A_hundred_thousand_members_are_not_all_drawn()
    {
        var tree = Tree(Members(100_000, StepStatus.Done), PlanState.Finished);
        tree.Find(".plan-toggle").Click();

        Assert.True(tree.FindAll(".plan-child").Count < 200);
        Assert.Equal("100,000 of 100,000 done", tree.Find(".plan-summary").TextContent);
    }

    [Fact]
    public void The_head_of_members_is_folded_from_its_lines()
    {
        PlanRow[] rows = [.. Members(2, StepStatus.Done), Member(2, StepStatus.Failed)];

        var status = Tree(rows, PlanState.Finished).Find(".plan-list .status");
        Assert.Equal("2 applied, 1 refused", status.TextContent.Trim());
        Assert.Contains("status-caution", status.ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void The_filter_leaves_only_lines_that_stand_so()
    {
        PlanRow[] rows = [Description(StepStatus.Done), new(Step("mail", 1), StepOutcome.Failed(1, new DirectoryError.InvalidValue())), Member(2, StepStatus.Done)];
        var tree = Tree(rows, PlanState.Finished);

        tree.FindAll(".plan-filter input")[2].Change(true);

        Assert.Equal(["Mail address"], tree.FindAll(".plan-what").Select(what => what.TextContent));
        Assert.Empty(tree.FindAll(".plan-list"));
    }

    [Fact]
    public void There_is_no_filter_where_all_lines_stand_alike() => Assert.Empty(Tree([Description(StepStatus.Planned)]).FindAll(".plan-filter"));

    [Theory]
    [InlineData(StepStatus.Failed, PlanState.Finished, true, true)]
    [InlineData(StepStatus.NotAttempted, PlanState.Finished, true, true)]
    [InlineData(StepStatus.Unknown, PlanState.Finished, true, true)]
    [InlineData(StepStatus.Done, PlanState.Finished, true, false)]
    [InlineData(StepStatus.Failed, PlanState.Running, true, false)]
    [InlineData(StepStatus.Failed, PlanState.Finished, false, false)]
    public void Retry_is_there_only_when_something_failed(StepStatus status, PlanState state, bool canRetry, bool shown)
    {
        var tree = Render<PlanTree>(with => with
            .Add(tree => tree.Rows, [Description(status)]).Add(tree => tree.State, state).Add(tree => tree.GroupName, "DemoGroup")
            .Add(tree => tree.CanRetry, canRetry).Add(tree => tree.OnRetry, EventCallback.Factory.Create(this, () => { })));

        Assert.Equal(shown, tree.FindAll(".plan-actions button").Count == 1);
    }

    [Fact]
    public void A_running_plan_with_too_many_rows_to_read_again_moves_by_its_counts()
    {
        PlanRow[] rows = [.. Enumerable.Range(0, 3_000).Select(ordinal => Member(ordinal, StepStatus.Planned))];
        var tree = Tree(rows, PlanState.Running);
        Assert.Equal("0 of 3,000 done", tree.Find(".plan-summary").TextContent);

        tree.Render(with => with.Add(tree => tree.Counts, new StatusCounts(new Dictionary<StepStatus, int>
        {
            [StepStatus.Done] = 1_200, [StepStatus.Failed] = 1, [StepStatus.Planned] = 1_799,
        })));

        Assert.Equal("1,200 of 3,000 done, 1 refused", tree.Find(".plan-summary").TextContent);
        Assert.Equal("1201", tree.Find("progress").GetAttribute("value"));
    }

    [Fact]
    public void Before_it_runs_the_summary_counts_what_would_change()
    {
        PlanRow[] rows =
        [
            new(Step("description")), new(Step("mail", 1) with { Action = PlanAction.NoChange }),
            new(Step("company", 2) with { Problem = new Problem("company", "UnknownAttribute", ProblemScope.Line, "company", "demo.local") }),
            .. Members(12, StepStatus.Planned, from: 3),
            new(new PlanStep(15, PlanAction.Remove, "members", ["Ben"], [])),
        ];

        Assert.Equal("12 join, 1 leaves, 1 attribute changes, 1 cannot be carried out, 1 with nothing to do", Tree(rows).Find(".plan-summary").TextContent);
    }

    [Fact]
    public void Statuses_fill_in_while_it_runs()
    {
        var tree = Tree([new PlanRow(Step("description")), new PlanRow(Step("mail", 1))], PlanState.Running);
        Assert.Equal("0 of 2 done", tree.Find(".plan-summary").TextContent);

        tree.Render(with => with.Add(one => one.Rows, [Description(StepStatus.Done), new PlanRow(Step("mail", 1))]));

        Assert.Equal("1 of 2 done", tree.Find(".plan-summary").TextContent);
        Assert.Equal(["Applied", "In progress"], tree.FindAll(".plan-row .status").Select(status => status.TextContent.Trim()));
    }

    private IRenderedComponent<PlanTree> Tree(IReadOnlyList<PlanRow> rows, PlanState state = PlanState.Planned, StoreKind? kind = null) =>
        Render<PlanTree>(with => with
            .Add(tree => tree.Rows, rows).Add(tree => tree.State, state).Add(tree => tree.GroupName, "DemoGroup").Add(tree => tree.StoreKind, kind));

    private static PlanStep Step(string path, int ordinal = 0) => new(ordinal, PlanAction.Set, path, [], ["new"]);

    private static PlanRow Description(StepStatus status) =>
        new(Step(AttributeNames.Description), status == StepStatus.Planned ? null : new StepOutcome(0, status));

    private static PlanRow Member(int ordinal, StepStatus status) => new(
        new PlanStep(ordinal, PlanAction.Add, AttributeNames.Members, [], [$"Person {ordinal}"])
        {
            Target = new StepTarget(new Guid(ordinal, 0, 0, new byte[8]), ObjectKind.User, $"Person {ordinal}", $"CN=Person {ordinal},DC=demo,DC=local"),
        },
        status == StepStatus.Planned ? null : new StepOutcome(ordinal, status));

    private static PlanRow[] Members(int count, StepStatus status, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(ordinal => Member(ordinal, status))];

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
