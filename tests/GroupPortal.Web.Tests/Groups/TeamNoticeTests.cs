using Bunit;
using GroupPortal.Application.Tasks;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Tests.Components;

namespace GroupPortal.Web.Tests.Groups;

/// <summary>When a team that follows its group is tried again.</summary>
public sealed class TeamNoticeTests : ComponentTests
{
    public TeamNoticeTests() => Clock.HoldsDelays = true;

    [Theory]
    [InlineData(15, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(null, false)]
    public void The_time_is_said_while_it_lies_ahead(int? minutes, bool isSaid)
    {
        var notice = Render<TeamNotice>(with => with.Add(one => one.Team, Waiting(minutes)));

        Assert.Equal(isSaid, notice.Markup.Contains("Next at", StringComparison.Ordinal));
    }

    [Fact]
    public void When_the_time_has_come_it_is_looked_at_again_and_not_after_the_page_is_left()
    {
        var looks = 0;
        var notice = Render<TeamNotice>(with => with.Add(one => one.Team, Waiting(15)).Add(one => one.OnDue, () => looks++));
        Assert.Equal(0, looks);

        Clock.Now += TimeSpan.FromMinutes(15);
        Clock.Release();
        notice.WaitForAssertion(() => Assert.Equal(1, looks));

        notice.Render(with => with.Add(one => one.Team, Waiting(15)));
        notice.Instance.Dispose();
        Clock.Release();
        Assert.Equal(1, looks);
    }

    private TaskInfo Waiting(int? minutes) => new(1, Guid.NewGuid(), TaskKind.MakeTeam, 3, Guid.NewGuid(), "Night Shift", TaskState.Waiting, TaskOutcome.None)
    {
        Adds = 0,
        Removes = 0,
        Errors = 0,
        Account = "ada",
        Origin = "browser",
        Created = Clock.GetUtcNow(),
        NotBefore = minutes is { } some ? Clock.GetUtcNow().AddMinutes(some) : null,
    };
}
