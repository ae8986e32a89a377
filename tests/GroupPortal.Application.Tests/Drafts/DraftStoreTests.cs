using GroupPortal.Application.Drafts;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tests.Drafts;

public sealed class DraftStoreTests
{
    private static GroupDraft Draft(string name) => new()
    {
        StoreId = 2,
        StoreKind = StoreKind.ActiveDirectory,
        Step = DraftStep.Members,
        Name = name,
        Scope = AdGroupScope.Universal,
        SecurityType = GroupSecurityType.SemiPrivate,
        Members = [new PickedObject(Guid.NewGuid(), ObjectKind.User, "Zoë", "Engineer, R&D") { Enabled = false }],
    };

    [Fact]
    public async Task A_draft_survives_a_restart_whole()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var draft = Draft("Night Shift");
        await portal.Get<DraftStore>().SaveAsync(draft, TestPortal.Uma, CancellationToken.None);

        await portal.RestartAsync(withWorker: false);

        var loaded = await portal.Get<DraftStore>().LoadAsync(draft.Id, TestPortal.Uma, CancellationToken.None);
        Assert.Equivalent(draft, loaded, strict: true);
        Assert.Equal(portal.Clock.GetUtcNow(), loaded!.Saved);
    }

    [Fact]
    public async Task Nobody_sees_overwrites_or_deletes_another_persons_draft()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var drafts = portal.Get<DraftStore>();
        var draft = Draft("Night Shift");
        await drafts.SaveAsync(draft, TestPortal.Uma, CancellationToken.None);

        Assert.Null(await drafts.LoadAsync(draft.Id, TestPortal.Ada, CancellationToken.None));
        Assert.Null(await drafts.LatestAsync(TestPortal.Ada, CancellationToken.None));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => drafts.SaveAsync(draft, TestPortal.Ada, CancellationToken.None));
        await drafts.DeleteAsync(draft.Id, TestPortal.Ada, CancellationToken.None);
        Assert.NotNull(await drafts.LoadAsync(draft.Id, TestPortal.Uma, CancellationToken.None));
    }

    [Fact]
    public async Task The_latest_draft_is_the_one_saved_last()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var drafts = portal.Get<DraftStore>();
        var first = Draft("First");
        await drafts.SaveAsync(first, TestPortal.Uma, CancellationToken.None);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await drafts.SaveAsync(Draft("Second"), TestPortal.Uma, CancellationToken.None);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        first.Name = "First again";
        await drafts.SaveAsync(first, TestPortal.Uma, CancellationToken.None);

        Assert.Equal("First again", (await drafts.LatestAsync(TestPortal.Uma, CancellationToken.None))!.Name);
    }

    [Fact]
    public async Task Old_drafts_make_room_for_new_ones()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var drafts = portal.Get<DraftStore>();
        for (var number = 0; number < 25; number++)
        {
            portal.Clock.Advance(TimeSpan.FromSeconds(1));
            await drafts.SaveAsync(Draft("Draft"), TestPortal.Uma, CancellationToken.None);
        }

        await using var state = await portal.OpenStateAsync();
        Assert.Equal(20, await state.Drafts.CountAsync());
    }

    [Theory]
    [InlineData("""{"Name":"Night Shift","SomethingNew":{"a":1},"Members":[]}""", "Night Shift")]
    [InlineData("""{"name":"Night Shift"}""", "Night Shift")]
    [InlineData("""{"Name":17}""", null)]
    [InlineData("not json", null)]
    public async Task Drafts_of_other_versions_are_read_as_far_as_they_can_be(string json, string? name)
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var id = Guid.NewGuid();
        await using (var state = await portal.OpenStateAsync())
        {
            state.Drafts.Add(new() { Id = id, Account = "uma", Json = json });
            await state.SaveChangesAsync();
        }

        Assert.Equal(name, (await portal.Get<DraftStore>().LoadAsync(id, TestPortal.Uma, CancellationToken.None))?.Name);
    }
}
