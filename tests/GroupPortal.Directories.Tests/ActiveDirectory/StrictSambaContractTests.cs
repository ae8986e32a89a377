using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>
/// The contract suite where every second answer is cut: pages and ranges are as small as the suite's groups, so that it walks
/// through them everywhere.
/// </summary>
public sealed class StrictSambaContractTests(TightSambaFixture fixture) : DirectoryContract(fixture), IClassFixture<TightSambaFixture>
{
    private readonly TightSambaFixture _fixture = fixture;

    [SambaFact]
    public async Task The_limits_are_met()
    {
        var before = _fixture.Domain.Counts.CutAttributes;

        await CreateAsync(members: [.. People.Take(4)]);

        Assert.True(_fixture.Domain.Counts.CutAttributes > before);
        Assert.True(_fixture.Domain.Counts.LargestPage > _fixture.Domain.Limits.MaxPageSize);
    }

    [SambaFact]
    public async Task What_is_in_more_groups_than_one_answer_holds_is_in_all_of_them()
    {
        var inner = await CreateAsync();
        var outer = new List<Guid>();
        for (var number = 0; number < 7; number++)
        {
            outer.Add((await CreateAsync(members: [inner.AsObject(), People[0]])).Id);
        }

        var top = await CreateAsync(members: [.. outer.Select(id => inner.AsObject() with { Id = id })]);

        Assert.Equal(outer.Append(top.Id).Order(), (await Directory.AncestorsAsync(inner.Id, CancellationToken.None)).Value().Order());
        var groups = (await Directory.MemberOfAsync(inner.Id, 0, 100, CancellationToken.None)).Value();
        Assert.Equal(outer.Order(), groups.Items.Select(item => item.Id).Order());
        Assert.Empty(outer.Except((await Directory.MemberOfAsync(People[0].Id, 0, 1000, CancellationToken.None)).Value().Items.Select(item => item.Id)));
    }

    [SambaFact]
    public async Task A_protected_group_above_is_found_in_whatever_range_it_stands()
    {
        var names = (await Directory.FindAsync(new ObjectQuery("Domain Admins", [ObjectKind.Group]), CancellationToken.None)).Value();
        var admins = (await Directory.GetGroupsAsync([.. names.Items.Select(item => item.Id)], CancellationToken.None)).Value().Values.Single(group => group.Name == "Domain Admins");
        var inner = await CreateAsync();
        for (var number = 0; number < 7; number++)
        {
            await CreateAsync(members: [inner.AsObject()]);
        }

        Assert.False((await GroupAsync(inner.Id)).IsProtected);
        (await WriteAsync(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, inner.Id, true)]), admins)).Applied();

        Assert.True((await GroupAsync(inner.Id)).IsProtected);
        Assert.True((await Directory.GetGroupsAsync([inner.Id], CancellationToken.None)).Value()[inner.Id].IsProtected);
    }
}

/// <summary>A domain whose administrator is stingy.</summary>
public sealed class TightSambaFixture : StrictSambaFixture
{
    protected override StrictDomainLimits Limits { get; } =
        new() { RefusesDirSync = true, MaxPageSize = 50, MaxValRange = 3, RangedAttributes = ["member", "memberOf", "managedObjects", "directReports"] };
}
