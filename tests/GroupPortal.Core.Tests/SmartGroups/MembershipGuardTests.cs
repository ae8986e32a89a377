using GroupPortal.Core.Resources;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Tests.SmartGroups;

/// <summary>Every limit, just below it, at it and just above it.</summary>
public sealed class MembershipGuardTests
{
    private static readonly RecomputeLimits Defaults = new();

    [Theory]
    // Removals over 20 %, by the count and not by a rounded percentage.
    [InlineData(100, 0, 19, "")]
    [InlineData(100, 0, 20, "")]
    [InlineData(100, 0, 21, "RemoveShare")]
    [InlineData(104, 0, 20, "")]
    [InlineData(104, 0, 21, "RemoveShare")]
    [InlineData(20, 0, 4, "")]
    [InlineData(20, 0, 5, "RemoveShare")]
    // Under 20 members: more than 5 and more than half.
    [InlineData(19, 0, 5, "")]
    [InlineData(19, 0, 6, "")]
    [InlineData(19, 0, 9, "")]
    [InlineData(19, 0, 10, "RemoveShare")]
    [InlineData(10, 0, 5, "")]
    [InlineData(10, 0, 6, "RemoveShare")]
    [InlineData(6, 0, 5, "")]
    // Churn over 50 %, when it is more than 25 people: adds and removes together, never the net.
    [InlineData(50, 15, 10, "")]
    [InlineData(50, 16, 10, "Churn")]
    [InlineData(40, 25, 0, "")]
    [InlineData(40, 26, 0, "Churn")]
    [InlineData(100, 40, 10, "")]
    [InlineData(100, 41, 10, "Churn")]
    [InlineData(100, 51, 0, "Churn")]
    // More than 500 removals, more than 5,000 adds.
    [InlineData(10_000, 0, 499, "")]
    [InlineData(10_000, 0, 500, "")]
    [InlineData(10_000, 0, 501, "RunRemoves")]
    [InlineData(20_000, 4999, 0, "")]
    [InlineData(20_000, 5000, 0, "")]
    [InlineData(20_000, 5001, 0, "RunAdds")]
    // Any emptying, also of one, also when others come in their place.
    [InlineData(1, 0, 1, "Empties")]
    [InlineData(3, 0, 2, "")]
    [InlineData(3, 0, 3, "Empties")]
    [InlineData(3, 3, 3, "Empties")]
    // A first fill only by the 5,000.
    [InlineData(0, 5000, 0, "")]
    [InlineData(0, 5001, 0, "RunAdds")]
    [InlineData(0, 0, 0, "")]
    public void The_guard_holds_what_is_over_a_limit(long present, long adds, long removes, string holds) =>
        Assert.Equal(holds, string.Join(' ', MembershipGuard.Judge(new MembershipChange(present, adds, removes), Defaults).Holds));

    [Theory]
    [InlineData(400, 100, "")]
    [InlineData(401, 100, "RunRemoves")]
    public void Removals_count_over_the_whole_run(long before, long removes, string holds) =>
        Assert.Equal(holds, string.Join(' ', MembershipGuard.Judge(new MembershipChange(10_000, 0, removes, RunRemoves: before), Defaults).Holds));

    [Theory]
    [InlineData(4990, 10, "")]
    [InlineData(4991, 10, "RunAdds")]
    public void Adds_count_over_the_whole_run(long before, long adds, string holds) =>
        Assert.Equal(holds, string.Join(' ', MembershipGuard.Judge(new MembershipChange(10_000, adds, 0, RunAdds: before), Defaults).Holds));

    [Fact]
    public void A_run_that_is_over_its_limits_does_not_hold_a_group_that_adds_nothing_to_them() =>
        Assert.Empty(MembershipGuard.Judge(new MembershipChange(100, 1, 0, RunRemoves: 10_000), Defaults).Holds);

    [Fact]
    public void A_protected_group_is_held_whatever_changes() =>
        Assert.Equal(["Protected"], MembershipGuard.Judge(new MembershipChange(100, 1, 0, IsProtected: true), Defaults).Holds);

    [Fact]
    public void A_protected_group_in_which_nothing_changes_is_not_held() =>
        Assert.Empty(MembershipGuard.Judge(new MembershipChange(100, 0, 0, IsProtected: true), Defaults).Holds);

    [Fact]
    public void The_limits_are_the_stores_own()
    {
        var limits = new RecomputeLimits(RemovePercent: 5, AddCount: 2);

        Assert.Equal(["RunAdds", "RemoveShare"], MembershipGuard.Judge(new MembershipChange(100, 3, 6), limits).Holds);
    }

    [Theory]
    [InlineData("Protected")]
    [InlineData("RunAdds")]
    [InlineData("RunRemoves")]
    [InlineData("RemoveShare")]
    [InlineData("Churn")]
    [InlineData("Empties")]
    public void Every_hold_has_a_sentence(string hold) => Assert.True(Texts.Has("Guard." + hold));
}
