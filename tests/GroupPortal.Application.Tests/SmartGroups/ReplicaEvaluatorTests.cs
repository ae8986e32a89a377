using GroupPortal.Application.Replica;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>What the evaluator of the replica says of those whom the replica does not hold.</summary>
public sealed class ReplicaEvaluatorTests
{
    private static readonly SmartRule Nobody = new()
    {
        Criteria = new Criterion.Compare("department", CompareOperator.Equals, "There is no such department"),
        Text = string.Empty,
        Language = CriteriaLanguage.GroupId,
    };

    [Fact]
    public async Task Whom_an_Include_names_and_the_replica_does_not_hold_is_said_apart()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var known = (await portal.PeopleAsync(1))[0].Id;
        var (beyond, banned, former) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var rule = Nobody with
        {
            Include = [Exception(known), Exception(beyond), Exception(banned), Exception(former, portal.Clock.GetUtcNow())],
            Exclude = [Exception(banned)],
        };

        var answer = await Evaluator(portal).EvaluateAsync(portal.StoreId, groupId: null, rule, CancellationToken.None);

        var ok = Assert.IsType<SmartEvaluation.Ok>(answer);
        Assert.Equal([known], ok.Selected.Keys);
        Assert.Equal([beyond], ok.Unseen);
    }

    [Fact]
    public async Task It_describes_those_whom_it_holds()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var person = (await portal.PeopleAsync(1))[0];
        var evaluator = Evaluator(portal);
        Assert.Empty(evaluator.Describe(portal.StoreId, [person.Id]));
        await evaluator.EvaluateAsync(portal.StoreId, groupId: null, Nobody, CancellationToken.None);

        var described = evaluator.Describe(portal.StoreId, [person.Id, Guid.NewGuid()]);

        var one = Assert.Single(described);
        Assert.Equal((person.Id, ObjectKind.User, person.Label, person.Dn), (one.Key, one.Value.Kind, one.Value.Label, one.Value.Dn));
        Assert.Empty(evaluator.Describe(99, [person.Id]));
    }

    private static MembershipException Exception(Guid id, DateTimeOffset? until = null) => new(id, string.Empty, until, "ada");

    private static ReplicaEvaluator Evaluator(TestPortal portal) => new(portal.Get<Replicas>(), portal.Clock);
}
