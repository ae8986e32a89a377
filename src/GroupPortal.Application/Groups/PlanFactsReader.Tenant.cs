using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Application.Groups;

public sealed partial class PlanFactsReader
{
    /// <summary>What a tenant says of a request, and the group with what its services keep of it; null where the store is no tenant.</summary>
    private static async Task<(TenantFacts Said, GroupState? Group)?> TenantAsync(
        IDirectory directory, GroupRequest request, PlanFacts facts, NameQuery? names, CancellationToken cancellation)
    {
        if (directory.Tenant is not { } tenant)
        {
            return null;
        }

        var isAboutLicences = Asks(request, AttributeNames.Licences);
        var isAboutExpiring = Asks(request, AttributeNames.Expires);
        var isKept = facts.Group is not null && (isAboutLicences || isAboutExpiring || Asks(request, AttributeNames.Renewed));
        var isNamed = names is { DisplayName: not null } or { MailNickname: not null } && IsUnified(request, facts.Group);

        // All at once: each is a request of its own, and a person waits.
        var policy = isNamed
            ? tenant.CheckNamesAsync(new NameCheck(names!.DisplayName, names.MailNickname, facts.Group?.Id, facts.RequesterObject?.Id), cancellation)
            : Task.FromResult(DirectoryAnswer.Ok<IReadOnlyList<NameRefusal>>([]));
        var licences = isAboutLicences ? tenant.LicencesAsync(cancellation) : null;
        var expiration = isAboutExpiring ? tenant.ExpirationAsync(cancellation) : null;
        var kept = isKept ? tenant.GroupAsync(facts.Group!.Id, cancellation) : null;

        var said = Names(await policy);
        if (licences is not null && await licences is DirectoryAnswer<IReadOnlyList<Licence>>.Ok(var bought))
        {
            said = said with { Licences = bought.DistinctBy(licence => licence.Sku).ToDictionary(licence => licence.Sku) };
        }

        if (expiration is not null && await expiration is DirectoryAnswer<ExpirationPolicy?>.Ok(var known))
        {
            said = said with { IsExpirationKnown = true, Expiration = known };
        }

        // Without them it would seem that the group had none, and those that it has would stay.
        return (said, kept is not null && Complete(await kept) is { } now ? With(facts.Group!, now) : facts.Group);
    }

    /// <summary>A deleted group is in no directory any more: what is left of it stands for it.</summary>
    private async Task<(PlanFacts? Facts, PlanAnswer? Instead)> ReadDeletedAsync(
        IDirectory directory, GroupRequest request, Requester requester, CancellationToken cancellation)
    {
        var group = request.GroupId is { } id ? Complete(await DeletedGroups.FindAsync(directory, id, cancellation)) : null;
        if (group is null && directory.Tenant is not null)
        {
            return (null, new PlanAnswer.GroupUnknown());
        }

        var settings = stores.SettingsOf(directory.Store.Id);
        return (new PlanFacts
        {
            Store = directory.Store,
            Catalog = directory.Catalog,
            Capabilities = directory.Capabilities,
            Access = settings.Access,
            DefaultContainer = settings.DefaultContainer,
            Requester = requester.Person,
            Group = group,
            Tenant = directory.Tenant is null ? null : new TenantFacts(),
        }, null);
    }

    /// <summary>Where the account may not ask, or nothing answers that question, nobody is stopped; the directory has the last word anyway.</summary>
    private static TenantFacts Names(DirectoryAnswer<IReadOnlyList<NameRefusal>> answer) => answer switch
    {
        DirectoryAnswer<IReadOnlyList<NameRefusal>>.Ok ok => new TenantFacts { NameRefusals = ok.Value },
        DirectoryAnswer<IReadOnlyList<NameRefusal>>.Failed { Error: DirectoryError.Unavailable or DirectoryError.Throttled } => new TenantFacts { AreNamesUnchecked = true },
        _ => new TenantFacts(),
    };

    private static GroupState With(GroupState group, TenantGroup kept) => group with
    {
        Attributes = group.Attributes
            .With(AttributeNames.Licences, [.. kept.Licences.Select(licence => licence.Sku.ToString("D"))])
            .With(AttributeNames.Expires, kept.IsNamedByExpirationPolicy is { } isNamed ? [isNamed ? "true" : "false"] : [])
            .With(AttributeNames.Renewed, kept.Renewed is { } renewed ? [renewed.ToString("O", CultureInfo.InvariantCulture)] : []),
    };

    /// <summary>The policy is about Microsoft 365 groups; a security group may have any name.</summary>
    private static bool IsUnified(GroupRequest request, GroupState? group)
    {
        var type = group?.Attributes.First(AttributeNames.GroupType)
            ?? request.Attributes.LastOrDefault(change => Is(change, AttributeNames.GroupType) && change.Values.Count > 0)?.Values[0];
        return EntraGroupTypes.TryParse(type, out var known) && known.IsUnified();
    }

    private static bool Asks(GroupRequest request, string attribute) => request.Attributes.Any(change => Is(change, attribute));

    private static bool Is(AttributeChange change, string attribute) => string.Equals(change.Name, attribute, StringComparison.OrdinalIgnoreCase);
}
