using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Tests;
using GroupPortal.Web.Api;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Components.Tenants;
using GroupPortal.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Tenants;

/// <summary>How far Entra ID is with its own rules, and having it look again.</summary>
public sealed class RuleProgressTests : TenantPortalTests
{
    private const string Rule = "user.department -eq \"Sales\"";

    public RuleProgressTests(SampleStores stores)
        : base(stores)
    {
        Services.AddSingleton(new RuleExports());
        JSInterop.SetupModule("./assets/js/criteria.js").Mode = JSRuntimeMode.Loose;
    }

    [Theory]
    [InlineData(RuleProcessingStatus.NotStarted, "Not begun")]
    [InlineData(RuleProcessingStatus.Running, "At work")]
    [InlineData(RuleProcessingStatus.Succeeded, "Up to date")]
    [InlineData(RuleProcessingStatus.Unknown, "Unknown")]
    public async Task How_far_it_is_is_said(RuleProcessingStatus status, string word)
    {
        Stands(status);
        var page = await AtNewAsync();

        page.WaitForAssertion(() => Assert.Equal(word, page.Find(".progress-state .badge").TextContent.Trim()), Patience);
        Assert.Contains("5 minutes ago", page.Find(".rule-progress").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_failure_Entra_IDs_own_words_are_shown_and_it_can_be_asked_again()
    {
        Stands(RuleProcessingStatus.Failed, "The rule is too complex.");
        var page = await AtNewAsync();
        page.WaitForAssertion(() => Assert.Equal("The rule is too complex.", page.Find(".progress-error").TextContent), Patience);

        Stands(RuleProcessingStatus.Running);
        await page.Find(".progress-head button").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("At work", page.Find(".progress-state .badge").TextContent.Trim()), Patience);
        Assert.Empty(page.FindAll(".progress-error"));
    }

    [Fact]
    public async Task Update_now_hands_over_the_rule_once_more_and_says_that_it_takes_its_time()
    {
        Stands(RuleProcessingStatus.Succeeded);
        var id = await CreateAsync(rule: Rule);
        var page = At(id);
        await page.WaitForElement(".progress-update button", Patience).ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("has the rule once more", page.Find(".rule-progress .notice-positive").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(Rule + " ", (await GroupAsync(id)).Attributes.First(AttributeNames.MembershipRule));
        Assert.Contains("When it gets to it is its own affair", page.Find("#progress-update-text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_while_it_is_handed_over_breaks_nothing()
    {
        Stands(RuleProcessingStatus.Succeeded);
        var id = await CreateAsync(rule: Rule);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RuleTakes = taken.Task;
        var page = At(id);
        var click = page.WaitForElement(".progress-update button", Patience).ClickAsync();
        await Eventually.IsAsync(() => Written.Count > 0);

        await DisposeComponentsAsync();
        taken.SetResult();

        await click;
        Assert.Null(Renderer.UnhandledException.IsCompleted ? await Renderer.UnhandledException : null);
    }

    [Fact]
    public async Task A_paused_rule_is_not_offered_to_be_updated()
    {
        Stands(RuleProcessingStatus.Succeeded);
        var id = await CreateAsync(rule: Rule);
        var service = Services.GetRequiredService<GroupService>();
        var pause = new GroupRequest { Kind = PlanKind.Update, GroupId = id, Attributes = [new AttributeChange(AttributeNames.RuleProcessing, ChangeMode.Set, ["Paused"])] };
        var plan = Assert.IsType<PlanAnswer.Planned>(await service.PlanAsync(Store, pause, Ida, CancellationToken.None)).Plan;
        Assert.IsType<ApplyAnswer.Started>(await service.ApplyAsync(plan.Id, Ida, null, CancellationToken.None));
        await service.WaitAsync(plan.Id, CancellationToken.None);
        var page = At(id);

        page.WaitForElement(".progress-state", Patience);
        Assert.Empty(page.FindAll(".progress-update"));
    }

    [Fact]
    public async Task Who_may_not_change_the_rule_sees_how_far_it_is_only()
    {
        Stands(RuleProcessingStatus.Succeeded);
        var id = await CreateAsync(rule: Rule);
        SignIn("uma", "Uma Devi", "User");
        var page = At(id);

        page.WaitForElement(".progress-state", Patience);
        Assert.Empty(page.FindAll(".progress-update"));
    }

    [Theory]
    [InlineData(true, "takes this person in")]
    [InlineData(false, "does not take this person in")]
    [InlineData(null, null)]
    public async Task A_second_opinion_is_shown_only_where_Entra_ID_gives_one(bool? isIn, string? words)
    {
        Tenant.IsIn = isIn;
        var id = await CreateAsync(rule: Rule);
        var opinion = Render<EntraOpinion>(with => with.Add(one => one.StoreId, Store).Add(one => one.GroupId, id).Add(one => one.Who, Guid.NewGuid()));

        if (words is null)
        {
            Assert.Empty(opinion.Markup.Trim());
        }
        else
        {
            Assert.Contains(words, opinion.Find(".opinion").TextContent, StringComparison.Ordinal);
        }
    }

    private void Stands(RuleProcessingStatus status, string? error = null) =>
        Tenant.Group = new TenantGroup(Guid.Empty) { Processing = new RuleProcessing(true, status, Clock.GetUtcNow().AddMinutes(-5), error) };

    private async Task<IRenderedComponent<GroupPage>> AtNewAsync() => At(await CreateAsync(rule: Rule));

    private IRenderedComponent<GroupPage> At(Guid id)
    {
        GoTo($"/groups/{Store}/{id:D}?tab=rule");
        return Render<GroupPage>(with => with.Add(page => page.StoreId, Store).Add(page => page.Id, id));
    }

    private async Task<GroupState> GroupAsync(Guid id) => Assert.IsType<DirectoryAnswer<GroupState?>.Ok>(
        await Services.GetRequiredService<GroupReader>().GetAsync(Store, id, CancellationToken.None)).Value!;
}
