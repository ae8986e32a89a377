using System.Text.Json.Nodes;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Faults;

namespace GroupPortal.Directories.Tests.Graph.Services;

/// <summary>Licences, expiration and restore, written as plans write them.</summary>
public sealed class TenantWritesTests : IAsyncLifetime
{
    private static readonly string[] Unified = ["Unified"];
    private static readonly Guid E3 = Guid.Parse("05e9a617-0261-4cee-bb44-138d3ef5d965");
    private static readonly Guid Premium = Guid.Parse("078d2b04-f1bd-4111-bbd4-b4b1b354cef4");
    private static readonly Guid Visio = Guid.Parse("c5928f49-12ba-48f7-ada3-0d743a3601d5");
    private GraphTenant _graph = null!;

    public async Task InitializeAsync() => _graph = await GraphTenant.StartAsync(new EmulatorOptions { People = 0 });

    public async Task DisposeAsync() => await _graph.DisposeAsync();

    [Fact]
    public async Task Licences_come_and_go_in_one_action_and_others_stay()
    {
        var id = GroupWith(Premium, Visio);

        var answer = await WriteAsync(Licences([Premium], [E3]), id);

        Assert.Equal([StepOutcome.Done(0)], answer.Outcomes);
        Assert.Equal(new[] { E3, Visio }.Order(), LicencesOf(id));
        Assert.Equal(["GET", "POST"], _graph.Sent().Select(request => request.Method));
    }

    [Fact]
    public async Task What_is_so_already_is_no_change_and_no_write()
    {
        var id = GroupWith(E3);

        Assert.Equal(StepStatus.NoChange, Assert.Single((await WriteAsync(Licences([Premium], [E3]), id)).Outcomes).Status);
        Assert.Equal(["GET"], _graph.Sent().Select(request => request.Method));
    }

    [Fact]
    public async Task A_licence_that_is_refused_blames_its_line()
    {
        var id = GroupWith();

        var refused = Assert.IsType<DirectoryWriteAnswer.Refused>(await _graph.Directory.WriteAsync(Licences([], [Guid.NewGuid()]), new WriteTarget(id, null), CancellationToken.None));

        Assert.Equal(AttributeNames.Licences, refused.Error.Attribute);
        Assert.Contains("valid company License", refused.Error.ServerText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Licences_whose_answer_is_lost_are_read_back(bool wasHandled)
    {
        var id = GroupWith();
        using var fault = _graph.Emulator.Faults.Inject(FaultKind.Drop, "POST", "assignLicense", afterHandling: wasHandled);
        var target = new WriteTarget(id, null);

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await _graph.Directory.WriteAsync(Licences([], [E3]), target, CancellationToken.None));

        var settled = await _graph.Directory.SettleAsync(Licences([], [E3]), target, CancellationToken.None);
        Assert.Equal(wasHandled, settled is DirectoryWriteAnswer.Applied);
        Assert.Equal(!wasHandled, settled is DirectoryWriteAnswer.Refused);
    }

    [Fact]
    public async Task A_group_is_put_into_the_policy_renewed_and_taken_out()
    {
        await _graph.Directory.Tenant!.SetExpirationAsync(new ExpirationPolicy(180, ExpiringGroups.Selected, []), CancellationToken.None);
        var id = _graph.Objects.AddGroup("Sales", ("groupTypes", Unified), ("mailEnabled", true));

        var both = new DirectoryWrite.ModifyGroup(0, [Expires(0, true), Renewed(1)]);
        Assert.Equal([StepStatus.Done, StepStatus.Done], (await WriteAsync(both, id)).Outcomes.Select(outcome => outcome.Status));
        Assert.IsType<DirectoryWriteAnswer.Applied>(await _graph.Directory.SettleAsync(both, new WriteTarget(id, null), CancellationToken.None));
        var named = (await _graph.Directory.Tenant!.GroupAsync(id, CancellationToken.None)).Value()!;
        Assert.True(named.IsNamedByExpirationPolicy);
        Assert.Equal(named.Renewed!.Value.AddDays(180), named.Expires);
        Assert.Equal(StepStatus.NoChange, Assert.Single((await WriteAsync(new DirectoryWrite.ModifyGroup(0, [Expires(0, true)]), id)).Outcomes).Status);

        await WriteAsync(new DirectoryWrite.ModifyGroup(0, [Expires(0, false)]), id);

        Assert.False((await _graph.Directory.Tenant!.GroupAsync(id, CancellationToken.None)).Value()!.IsNamedByExpirationPolicy);
    }

    [Fact]
    public async Task A_policy_that_names_no_groups_refuses_and_the_renewal_beside_it_is_done()
    {
        await _graph.Directory.Tenant!.SetExpirationAsync(new ExpirationPolicy(180, ExpiringGroups.None, []), CancellationToken.None);
        var id = _graph.Objects.AddGroup("Sales", ("groupTypes", Unified), ("mailEnabled", true));

        var answer = await WriteAsync(new DirectoryWrite.ModifyGroup(0, [Expires(0, true), Renewed(1)]), id);

        Assert.Equal([StepStatus.Failed, StepStatus.Done], answer.Outcomes.Select(outcome => outcome.Status));
        Assert.IsType<DirectoryError.PolicyBlocked>(answer.Outcomes[0].Error);
    }

    [Fact]
    public async Task A_deleted_group_comes_back_once_and_whoever_comes_later_finds_it_there()
    {
        var person = _graph.Objects.AddUser("Uma");
        var id = _graph.Objects.AddGroup("Sales", ("groupTypes", Unified), ("mailEnabled", true));
        _graph.Objects.AddMember(id, person);
        _graph.Objects.Delete(id);

        Assert.Equal(new WriteOutcome(id, StepStatus.Done), await RestoreAsync(id));
        Assert.True(_graph.Objects.Exists(id));
        Assert.Equal([person], _graph.Objects.Members(id));
        Assert.Equal(new WriteOutcome(id, StepStatus.NoChange), await RestoreAsync(id));
        Assert.IsType<DirectoryError.NotFound>(
            Assert.IsType<DirectoryWriteAnswer.Refused>(await _graph.Directory.WriteAsync(new DirectoryWrite.RestoreGroup(0, 0), new WriteTarget(Guid.NewGuid(), null), CancellationToken.None)).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restore_whose_answer_is_lost_is_read_back(bool wasHandled)
    {
        var id = _graph.Objects.AddGroup("Sales");
        _graph.Objects.Delete(id);
        using var fault = _graph.Emulator.Faults.Inject(FaultKind.Drop, "POST", "/restore", afterHandling: wasHandled);
        var (write, target) = (new DirectoryWrite.RestoreGroup(0, 0), new WriteTarget(id, null));

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await _graph.Directory.WriteAsync(write, target, CancellationToken.None));

        Assert.Equal(wasHandled, await _graph.Directory.SettleAsync(write, target, CancellationToken.None) is DirectoryWriteAnswer.Applied);
    }

    private async Task<WriteOutcome> RestoreAsync(Guid id)
    {
        var answer = await WriteAsync(new DirectoryWrite.RestoreGroup(0, 0), id);
        return new WriteOutcome(answer.GroupId, Assert.Single(answer.Outcomes).Status);
    }

    private async Task<DirectoryWriteAnswer.Applied> WriteAsync(DirectoryWrite write, Guid id) =>
        Assert.IsType<DirectoryWriteAnswer.Applied>(await _graph.Directory.WriteAsync(write, new WriteTarget(id, null), CancellationToken.None));

    private Guid GroupWith(params IEnumerable<Guid> licences)
    {
        var id = _graph.Objects.AddGroup("Sales");
        _graph.Objects.Set(id, "assignedLicenses", new JsonArray([.. licences.Select(sku => new JsonObject { ["skuId"] = sku.ToString(), ["disabledPlans"] = new JsonArray() })]));
        return id;
    }

    private IEnumerable<Guid> LicencesOf(Guid id) =>
        ((JsonArray)_graph.Objects.Object(id)["assignedLicenses"]!).Select(licence => Guid.Parse(licence!["skuId"]!.ToString())).Order();

    private static DirectoryWrite.ModifyGroup Licences(IEnumerable<Guid> before, IEnumerable<Guid> after) => new(
        0, [new AttributeWrite(0, AttributeNames.Licences, [.. after.Select(sku => sku.ToString("D"))], [.. before.Select(sku => sku.ToString("D"))])]);

    private static AttributeWrite Expires(int step, bool value) => new(step, AttributeNames.Expires, [value ? "true" : "false"], [value ? "false" : "true"]);

    private static AttributeWrite Renewed(int step) => new(step, AttributeNames.Renewed, ["2026-11-22T00:00:00Z"], []);

    private sealed record WriteOutcome(Guid Group, StepStatus Status);
}
