using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Tests;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Support;

/// <summary>
/// Pages over the real services and a sample directory that is a tenant: its services, and the writes that only they know, are
/// the test's own.
/// </summary>
public abstract class TenantPortalTests(SampleStores stores) : PortalComponentTests(stores)
{
    protected const int Store = 3;
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    protected static readonly Requester Ida = new(new Person("ida", "Ida Sommer", PortalRole.Administrator), "browser");

    internal FakeTenant Tenant { get; } = new();

    /// <summary>Attributes that the tenant's services were told to write, and groups that they were told to restore.</summary>
    internal List<string> Written { get; } = [];

    /// <summary>A changed rule of Entra ID's own is taken, and answered when this is done; null leaves it to the sample directory.</summary>
    internal Task? RuleTakes { get; set; }

    internal override IEnumerable<IDirectory> Directories() => [Stores.Ad, WatchedDirectory.Around(Stores.All[1], Answer)];

    /// <summary>A new group; of Entra ID's own rule where one is given.</summary>
    protected async Task<Guid> CreateAsync(EntraGroupType type = EntraGroupType.Security, string? rule = null)
    {
        var name = $"Tenant {Guid.NewGuid():N}";
        var attributes = new List<AttributeChange> { new(AttributeNames.GroupType, ChangeMode.Set, [((int)type).ToString(System.Globalization.CultureInfo.InvariantCulture)]) };
        if (rule is not null)
        {
            attributes.Add(new AttributeChange(AttributeNames.MembershipRule, ChangeMode.Set, [rule]));
        }

        var service = Services.GetRequiredService<GroupService>();
        var plan = Assert.IsType<PlanAnswer.Planned>(await service.PlanAsync(
            Store, new GroupRequest { Kind = PlanKind.Create, Name = name, Attributes = attributes }, Ida, CancellationToken.None)).Plan;
        Assert.Empty(plan.Problems);
        Assert.IsType<ApplyAnswer.Started>(await service.ApplyAsync(plan.Id, Ida, null, CancellationToken.None));
        return (await service.WaitAsync(plan.Id, CancellationToken.None)).GroupId!.Value;
    }

    protected void GoTo(string address) => Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    protected static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private object? Answer(string method, object?[] arguments) => (method, arguments) switch
    {
        ("get_Tenant", _) => Tenant,
        (nameof(IDirectory.WriteAsync), [DirectoryWrite.RestoreGroup restore, WriteTarget target, ..]) => Restored(restore, target),
        (nameof(IDirectory.WriteAsync), [DirectoryWrite.ModifyGroup modify, WriteTarget target, ..]) when modify.Attributes.All(write => IsTenants(write.Attribute)) => Modified(modify, target),
        (nameof(IDirectory.WriteAsync), [DirectoryWrite.ModifyGroup modify, WriteTarget target, ..]) when RuleTakes is { } takes && modify.Attributes.Any(write => write.Attribute == AttributeNames.MembershipRule) => TakenAsync(modify, target, takes),
        _ => null,
    };

    private static bool IsTenants(string attribute) => attribute is AttributeNames.Licences or AttributeNames.Expires or AttributeNames.Renewed;

    private Task<DirectoryWriteAnswer> Restored(DirectoryWrite.RestoreGroup write, WriteTarget target)
    {
        Written.Add($"restore {target.GroupId:D}");
        return Done(write, target);
    }

    private Task<DirectoryWriteAnswer> Modified(DirectoryWrite.ModifyGroup write, WriteTarget target)
    {
        Written.AddRange(write.Attributes.Select(attribute => attribute.Attribute));
        return Done(write, target);
    }

    private async Task<DirectoryWriteAnswer> TakenAsync(DirectoryWrite.ModifyGroup write, WriteTarget target, Task takes)
    {
        Written.Add(AttributeNames.MembershipRule);
        await takes;
        return await Done(write, target);
    }

    private static Task<DirectoryWriteAnswer> Done(DirectoryWrite write, WriteTarget target) =>
        Task.FromResult<DirectoryWriteAnswer>(new DirectoryWriteAnswer.Applied(target.GroupId, null, [.. write.Steps.Select(StepOutcome.Done)]));
}
