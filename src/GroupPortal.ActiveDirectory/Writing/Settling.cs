using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>Reads back whether a write whose answer was lost has been carried out; see docs/decisions/0011.</summary>
internal sealed class Settling(Domain domain, PinnedServer server)
{
    /// <summary>How far a server's clock may be from ours; as much as Kerberos allows.</summary>
    internal static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private const string Created = "whenCreated";

    private static readonly DirectoryWriteAnswer.Refused NotCarriedOut = new(new DirectoryError.NotFound());

    /// <param name="sent">When it was sent, where this process knows.</param>
    public async Task<DirectoryWriteAnswer> OfAsync(DirectoryWrite write, WriteTarget? target, DateTimeOffset? sent, CancellationToken cancellation)
    {
        if (write is DirectoryWrite.CreateGroup create)
        {
            return await CreateAsync(create, sent ?? TimeOf(create.Marker), cancellation);
        }

        if (target is null)
        {
            return NotCarriedOut;
        }

        return await server.GroupAsync(target.GroupId, WritePreparation.ReadsOf(write), cancellation) switch
        {
            DirectoryAnswer<PresentGroup?>.Ok(null) when write is DirectoryWrite.DeleteGroup => Applied(target.GroupId, null, write),
            DirectoryAnswer<PresentGroup?>.Ok(null) => NotCarriedOut,
            DirectoryAnswer<PresentGroup?>.Ok({ } group) => await ChangeAsync(write, group, cancellation),
            DirectoryAnswer<PresentGroup?>.Failed(var error) => new DirectoryWriteAnswer.Unknown(error),
            _ => throw new InvalidOperationException("One entry is read whole or not at all."),
        };
    }

    /// <summary>Nothing left to do means that it was carried out. A modify is atomic: a part of it is somebody else's work.</summary>
    private async Task<DirectoryWriteAnswer> ChangeAsync(DirectoryWrite write, PresentGroup group, CancellationToken cancellation)
    {
        var left = await new WritePreparation(domain, server).OfAsync(write, group, isAgain: true, cancellation);
        return left switch
        {
            { Error: DirectoryError.PolicyBlocked } => NotCarriedOut,
            { Error: { } error } => new DirectoryWriteAnswer.Unknown(error),
            { Request: null } => Applied(group.Id, group.Version, write),
            _ when write is DirectoryWrite.ModifyGroup && left.Outcomes.Any(outcome => outcome.Status == StepStatus.NoChange) =>
                new DirectoryWriteAnswer.Unknown(DirectoryError.Conflict.Unknown),
            _ => NotCarriedOut,
        };
    }

    private async Task<DirectoryWriteAnswer> CreateAsync(DirectoryWrite.CreateGroup write, DateTimeOffset? sent, CancellationToken cancellation)
    {
        if (!DistinguishedName.TryParse(write.Dn, out var dn))
        {
            return NotCarriedOut;
        }

        var read = await server.GroupAsync(dn, [Created, PresentGroup.ManagedBy, .. write.Attributes.Select(attribute => attribute.Attribute)], cancellation);
        if (read is not DirectoryAnswer<PresentGroup?>.Ok(var group))
        {
            return new DirectoryWriteAnswer.Unknown(((DirectoryAnswer<PresentGroup?>.Failed)read).Error);
        }

        if (group is null)
        {
            return NotCarriedOut;
        }

        if (group.Entry.Text(Created) is not { } created)
        {
            return new DirectoryWriteAnswer.Unknown(DomainSearch.Unreadable(write.Dn));
        }

        if (sent - ClockSkew > DirectoryTime.Of(created) || IsAnother(write, group))
        {
            return new DirectoryWriteAnswer.Refused(new DirectoryError.AlreadyExists { Attribute = AttributeNames.Name });
        }

        if (Difference(write, group) is { } difference)
        {
            return new DirectoryWriteAnswer.Unknown(difference);
        }

        var wanted = write.Members.Select(member => member.Id).ToHashSet();
        return await MembersAmong.AskAsync(server.Searches, domain.BaseName, group.Dn.ToString(), group.Rid, wanted, cancellation) switch
        {
            DirectoryAnswer<MembersAmong>.Ok(var present) when wanted.IsSubsetOf(present.All) => Applied(group.Id, group.Version, write),
            DirectoryAnswer<MembersAmong>.Ok => new DirectoryWriteAnswer.Unknown(DirectoryError.Conflict.Unknown with { Attribute = AttributeNames.Members }),
            DirectoryAnswer<MembersAmong>.Failed(var error) => new DirectoryWriteAnswer.Unknown(error),
            _ => throw new InvalidOperationException("Who is a member is known whole or not at all."),
        };
    }

    /// <summary>Two groups of one domain never share an account name: with another, it is another group.</summary>
    private static bool IsAnother(DirectoryWrite.CreateGroup write, PresentGroup group) => write.Attributes.Any(attribute =>
        string.Equals(attribute.Attribute, AttributeNames.AccountName, StringComparison.OrdinalIgnoreCase)
        && attribute.Values is [var wished]
        && !Folding.ActiveDirectory.Equals(wished, group.Values(attribute.Attribute) is [var present, ..] ? present : null));

    private DirectoryError.Conflict? Difference(DirectoryWrite.CreateGroup write, PresentGroup group)
    {
        foreach (var attribute in write.Attributes.Where(attribute => attribute.Values.Count > 0 && !CreateRequest.IsName(attribute.Attribute)))
        {
            var wished = WrittenValues.Of(attribute.Attribute, attribute.Values, server.Catalog);
            var present = group.Values(attribute.Attribute);
            if (!WrittenValues.Same(wished, present))
            {
                return new DirectoryError.Conflict(wished, present) { Attribute = attribute.Attribute };
            }
        }

        var owner = write.Owners.FirstOrDefault(owner => owner.Add)?.Id;
        return owner == group.Owner?.Id
            ? null
            : DirectoryError.Conflict.Unknown with { Attribute = AttributeNames.ManagedBy };
    }

    /// <summary>A plan's id is made with the plan and holds the time (RFC 9562 5.7): nothing was sent before.</summary>
    private static DateTimeOffset? TimeOf(Guid marker) => marker.Version == 7
        ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(marker.ToString("N")[..12], 16))
        : null;

    private static DirectoryWriteAnswer.Applied Applied(Guid group, string? version, DirectoryWrite write) =>
        new(group, version, [.. write.Steps.Select(StepOutcome.Done)]);
}
