using GroupPortal.Application.Replica;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>What a preview says of those whom the replica does not hold, and what its hash stands for.</summary>
public sealed class PreviewTruthTests
{
    private static readonly SmartRule Everybody = new() { Criteria = new Criterion.AllOf([]), Text = string.Empty, Language = CriteriaLanguage.GroupId };

    [Fact]
    public async Task Members_whom_the_replica_does_not_hold_are_counted_apart_and_by_the_guard()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(12);
        var id = (await portal.DoAsync(Requests.Create("Known and unknown", people.Select(one => one.Id)))).GroupId!.Value;
        portal.Store.Hidden.UnionWith(people.Take(3).Select(one => one.Id));
        await LoadAsync(portal);

        var preview = await PreviewAsync(portal, Everybody, id);

        Assert.Equal((3, 9, 0), (preview.Counts.Unknown, preview.Counts.Staying, preview.Counts.Leaving));
        Assert.Equal(12, preview.Guard.Present);
    }

    [Fact]
    public async Task Exceptions_that_are_nobody_are_named_unless_they_are_unknown_members()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(2);
        var id = (await portal.DoAsync(Requests.Create("Exceptions", people.Select(one => one.Id)))).GroupId!.Value;
        portal.Store.Hidden.Add(people[0].Id);
        await LoadAsync(portal);
        var (included, excluded) = (Guid.NewGuid(), Guid.NewGuid());
        var rule = Everybody with { Include = [Exception(included), Exception(people[0].Id), Exception(people[1].Id)], Exclude = [Exception(excluded)] };

        var preview = await PreviewAsync(portal, rule, id);

        Assert.Equal([included, excluded], preview.UnknownExceptions);
        Assert.Equal(1, preview.Counts.Unknown);
    }

    [Fact]
    public async Task The_hash_is_of_these_very_people_and_of_the_group_as_it_stands()
    {
        await using var portal = await TestPortal.StartAsync();
        var people = await portal.PeopleAsync(3);
        var id = (await portal.DoAsync(Requests.Create("Looked at", people.Take(2).Select(one => one.Id)))).GroupId!.Value;
        await LoadAsync(portal);
        var nobody = Everybody with { Criteria = new Criterion.AnyOf([]), Include = [.. people.Select(one => Exception(one.Id))] };
        var first = (await PreviewAsync(portal, nobody, id)).Hash;
        Assert.Equal(first, (await PreviewAsync(portal, nobody, id)).Hash);

        // Who joins and who leaves is the same; who stays is not.
        await portal.DoAsync(Requests.Members(id, ChangeMode.Remove, people[1].Id));
        var other = nobody with { Include = [.. nobody.Include.Where(one => one.Id != people[1].Id)] };
        var second = (await PreviewAsync(portal, other, id)).Hash;
        await portal.DoAsync(Requests.Update(id, attributes: ("XGroupSecurity", "Public")));
        var third = (await PreviewAsync(portal, other, id)).Hash;
        portal.Store.BeforeReplica = (cookie, _) => Task.FromResult(cookie is null ? null : DirectoryAnswer.Failed<ReplicaPage>(DirectoryError.Conflict.Unknown));
        await LoadAsync(portal);
        var fourth = (await PreviewAsync(portal, other, id)).Hash;

        string[] hashes = [first, second, third, fourth];
        Assert.Equal(hashes.Distinct(), hashes);
    }

    private static MembershipException Exception(Guid id) => new(id, string.Empty, Until: null, "ada");

    private static async Task LoadAsync(TestPortal portal) => await portal.Get<Replicas>().Of(portal.StoreId)!.BringUpToDateAsync(CancellationToken.None);

    private static async Task<Preview> PreviewAsync(TestPortal portal, SmartRule rule, Guid? group) =>
        Assert.IsType<PreviewAnswer.Ok>(await portal.Get<PreviewService>().PreviewAsync(portal.StoreId, new PreviewQuery(rule, group), CancellationToken.None)).Preview;
}
