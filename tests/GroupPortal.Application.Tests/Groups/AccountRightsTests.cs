using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Tests.Groups;

/// <summary>What the directory would refuse the portal's own account is in the plan, before anything is sent.</summary>
public sealed class AccountRightsTests
{
    [Fact]
    public async Task A_line_that_the_account_may_not_write_has_its_problem_and_the_others_are_written()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(1);
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        portal.Store.Rights = new AccountRights(true, new HashSet<string>(["description"], StringComparer.OrdinalIgnoreCase));

        var plan = await portal.PlanAsync(Requests.Update(id, attributes: [(AttributeNames.Description, "x"), (AttributeNames.Information, "y")]) with
        {
            Members = [new ReferenceChange(ChangeMode.Add, [people[0].Id.ToString()])],
        });

        Assert.Equal(
            [(AttributeNames.Description, null), (AttributeNames.Information, "AccountMayNotWrite"), (AttributeNames.Members, "AccountMayNotWrite")],
            plan.Steps.Select(step => (step.Path, step.Problem?.Code)));
        var written = portal.Store.Written.Count;
        Assert.Equal([StepStatus.Done, StepStatus.Failed, StepStatus.Failed], (await portal.DoAsync(plan)).Rows.Select(row => row.Status));
        Assert.Equal(written + 1, portal.Store.Written.Count);
    }

    [Fact]
    public async Task A_container_in_which_the_account_may_not_create_is_a_problem_of_the_request()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Store.Rights = new AccountRights(false, null);

        var plan = await portal.PlanAsync(Requests.Create("Night Shift"));

        Assert.Equal(["AccountMayNotCreate"], plan.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public async Task What_the_account_may_write_need_not_be_known()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Store.Rights = AccountRights.All;

        Assert.Equal(StepStatus.Done, (await portal.DoAsync(Requests.Create("Night Shift"))).Status);
    }
}
