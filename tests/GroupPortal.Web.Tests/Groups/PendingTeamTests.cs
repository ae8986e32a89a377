using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Components.Wizard;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GroupPortal.Web.Tests.Groups;

/// <summary>A new team for which Microsoft Teams is not ready: the group stands, and pages say that the team follows.</summary>
public sealed class PendingTeamTests : PortalComponentTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Requester Ada = new(new Person("ada", "Ada Winter", PortalRole.Administrator), "browser");
    private readonly string _name = $"Team {Guid.NewGuid():N}";

    // Asking again is put off by seconds: a clock of whom nobody waits makes them moments.
    public PendingTeamTests(SampleStores stores)
        : base(stores) => Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new HastyClock()));

    internal override IEnumerable<IDirectory> Directories() => [Stores.Ad, WatchedDirectory.Around(Stores.All[1], Answer)];

    [Fact]
    public async Task The_result_is_a_group_whose_team_follows()
    {
        var result = await CreateAsync();
        var page = Render<ResultStep>(with => with.Add(one => one.PlanId, result.Plan.Id));

        page.WaitForAssertion(() => Assert.Equal($"{_name} is created, and its team follows", page.Find(".outcome-title").TextContent), Patience);
        Assert.Contains("1 waiting", page.Find(".plan-summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("The team follows.", page.Find(".status-message").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_group_says_it_too_and_when_it_is_tried_again()
    {
        var result = await CreateAsync();
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/groups/3/{result.GroupId:D}");
        var page = Render<GroupPage>(with => with.Add(one => one.StoreId, 3).Add(one => one.Id, result.GroupId!.Value));

        page.WaitForAssertion(() => Assert.Contains("The team follows.", page.Find(".team-notice").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("Next at", page.Find(".team-notice").TextContent, StringComparison.Ordinal);
    }

    /// <summary>The embedded directory makes a team at once; this one shows a group of which none was made yet.</summary>
    private object? Answer(string method, object?[] arguments) => method switch
    {
        nameof(IDirectory.WriteAsync) when arguments[0] is DirectoryWrite.MakeTeam =>
            Task.FromResult<DirectoryWriteAnswer>(new DirectoryWriteAnswer.NotYet(new DirectoryError.NotFound { ServerText = "404" }, TimeSpan.Zero)),
        nameof(IDirectory.GetGroupAsync) => WithoutTeamAsync((Guid)arguments[0]!),
        _ => null,
    };

    private async Task<DirectoryAnswer<GroupState?>> WithoutTeamAsync(Guid id) => (await Stores.All[1].GetGroupAsync(id, CancellationToken.None)).Map(group =>
        group is null ? null : group with { Attributes = group.Attributes.With(AttributeNames.GroupType, [EntraGroupType.Microsoft365.Text()]) });

    private async Task<PlanResult> CreateAsync()
    {
        var service = Services.GetRequiredService<GroupService>();
        var request = new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = _name,
            Attributes = [new AttributeChange(AttributeNames.GroupType, ChangeMode.Set, [EntraGroupType.Teams.Text()])],
        };
        var plan = Assert.IsType<PlanAnswer.Planned>(await service.PlanAsync(3, request, Ada, CancellationToken.None)).Plan;
        Assert.IsType<ApplyAnswer.Started>(await service.ApplyAsync(plan.Id, Ada, null, CancellationToken.None));
        using var limit = new CancellationTokenSource(Patience);
        var result = await service.WaitAsync(plan.Id, limit.Token);
        Assert.Equal(StepStatus.Waiting, result.Status);
        return result;
    }

    /// <summary>Real time, in which a pause of seconds is over at once.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime < Most ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
