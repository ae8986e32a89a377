using GroupPortal.ActiveDirectory.Errors;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>
/// The writing half of the port. Each write is one request, prepared against what stands right before, all on one server. Refused
/// means that nothing was written; whatever was sent and not answered is Unknown.
/// </summary>
internal sealed class DomainWriter(Domain domain)
{
    private readonly WriteRules _rules = WriteRules.ActiveDirectory;
    private readonly ServerChoice _servers = new(domain);
    private readonly SentWrites _sent = new();
    private readonly SeenVersions _seen = new(domain.Clock);

    /// <summary>A group was read just now, in this state.</summary>
    public void Seen(Guid group, string version) => _seen.Remember(group, version);

    public IReadOnlyList<DirectoryWrite> Batch(GroupPlan plan) => WriteBatches.Of(plan, _rules);

    public IReadOnlyList<DirectoryWrite> Split(DirectoryWrite write, DirectoryError error) => WriteSplits.Of(write, error, _rules);

    public async Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        var earlier = _sent.Find(write, target);
        var answer = await OnServerAsync(await _servers.CurrentAsync(cancellation), write, target, cancellation);
        if (answer is DirectoryWriteAnswer.Refused { Error: DirectoryError.Unavailable })
        {
            answer = await OnServerAsync(await _servers.NextAsync(cancellation), write, target, cancellation);
        }

        // It was sent before, read back as not carried out, and was so after all: what stands in the way is its own work.
        if (earlier is not null && answer is DirectoryWriteAnswer.Refused { Error: DirectoryError.AlreadyExists or DirectoryError.NotFound }
            && write is DirectoryWrite.CreateGroup or DirectoryWrite.DeleteGroup
            && await SettleAsync(write, target, cancellation) is DirectoryWriteAnswer.Applied settled)
        {
            return settled;
        }

        if (answer is DirectoryWriteAnswer.Applied)
        {
            _sent.Forget(write, target);
        }

        return answer;
    }

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        var sent = _sent.Find(write, target);
        return await _servers.OfAsync(sent?.Server, cancellation) switch
        {
            DirectoryAnswer<PinnedServer>.Ok(var server) => await new Settling(domain, server).OfAsync(write, target, sent?.When, cancellation),
            var other => new DirectoryWriteAnswer.Unknown(ErrorOf(other)),
        };
    }

    private async Task<DirectoryWriteAnswer> OnServerAsync(
        DirectoryAnswer<PinnedServer> choice, DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        if (choice is not DirectoryAnswer<PinnedServer>.Ok(var server))
        {
            return Refused(ErrorOf(choice));
        }

        if (WriteChecks.WhyNot(write, target, domain.Base, server.Catalog) is { } error)
        {
            return Refused(error);
        }

        return write is DirectoryWrite.CreateGroup create
            ? await CreateAsync(server, create, cancellation)
            : await ChangeAsync(server, write, target, cancellation);
    }

    private async Task<DirectoryWriteAnswer> CreateAsync(PinnedServer server, DirectoryWrite.CreateGroup write, CancellationToken cancellation)
    {
        var answer = await SendAsync(server, write, null, CreateRequest.Of(write, server.Catalog), cancellation);
        if (answer is not LdapAnswer.Answered({ IsSuccess: true }))
        {
            return await NotAppliedAsync(server, write, answer, group: null, cancellation);
        }

        // The server chose the id: without it the group is there and nobody could go on with it.
        var read = await server.GroupAsync(DistinguishedName.Parse(write.Dn), [], CancellationToken.None);
        if (read is DirectoryAnswer<PresentGroup?>.Ok({ } group))
        {
            return new DirectoryWriteAnswer.Applied(group.Id, group.Version, [.. write.Steps.Select(StepOutcome.Done)]);
        }

        Remember(server, write, null);
        return new DirectoryWriteAnswer.Unknown(read is DirectoryAnswer<PresentGroup?>.Ok ? new DirectoryError.NotFound() : ErrorOf(read));
    }

    private async Task<DirectoryWriteAnswer> ChangeAsync(PinnedServer server, DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        if (target is null)
        {
            return Refused(new DirectoryError.NotFound());
        }

        var isFresh = _seen.IsFresh(target.GroupId, target.ExpectedVersion);
        _seen.Forget(target.GroupId);
        if (isFresh && WritePreparation.AsPlanned(write, target, server.Catalog) is { } planned)
        {
            var answer = await SendAsync(server, write, target, planned.Request!, cancellation);
            if (answer is LdapAnswer.Answered({ IsSuccess: true }))
            {
                return new DirectoryWriteAnswer.Applied(target.GroupId, null, planned.Outcomes);
            }

            if (answer is not LdapAnswer.Answered)
            {
                return await NotAppliedAsync(server, write, answer, group: null, cancellation);
            }

            // Refused: what stands now tells whether somebody was faster, and by which value.
        }

        for (var isAgain = false; ; isAgain = true)
        {
            var read = await server.GroupAsync(target.GroupId, WritePreparation.ReadsOf(write), cancellation);
            if (read is not DirectoryAnswer<PresentGroup?>.Ok(var group))
            {
                return Refused(ErrorOf(read));
            }

            if (group is null)
            {
                return Refused(new DirectoryError.NotFound { ServerText = LdapName.FromGuid(target.GroupId).ToString() });
            }

            // Once somebody was faster than this very write, the values decide.
            if (!isAgain && IsStale(target.ExpectedVersion, group.Version))
            {
                return Refused(new DirectoryError.Conflict([target.ExpectedVersion!], [group.Version!]) { ServerText = PresentGroup.ChangeNumber });
            }

            var prepared = await new WritePreparation(domain, server).OfAsync(write, group, isAgain, cancellation);
            if (prepared.Error is { } error)
            {
                return Refused(error);
            }

            if (prepared.Request is null)
            {
                return new DirectoryWriteAnswer.Applied(group.Id, group.Version, prepared.Outcomes);
            }

            var answer = await SendAsync(server, write, target, prepared.Request, cancellation);
            if (answer is LdapAnswer.Answered({ IsSuccess: true }))
            {
                // The new change number would take another read; what is written next is compared by its values.
                return new DirectoryWriteAnswer.Applied(group.Id, null, prepared.Outcomes);
            }

            if (isAgain || !MayBeOvertaken(write, answer))
            {
                return await NotAppliedAsync(server, write, answer, group.Name, cancellation);
            }
        }
    }

    private async Task<LdapAnswer> SendAsync(
        PinnedServer server, DirectoryWrite write, WriteTarget? target, LdapRequest request, CancellationToken cancellation)
    {
        var when = domain.Clock.GetUtcNow();
        var answer = await server.SendAsync(request, cancellation);
        if (answer is LdapAnswer.Unknown)
        {
            _sent.Remember(write, target, server.Server, when);
        }

        return answer;
    }

    private void Remember(PinnedServer server, DirectoryWrite write, WriteTarget? target) =>
        _sent.Remember(write, target, server.Server, domain.Clock.GetUtcNow());

    private static async Task<DirectoryWriteAnswer> NotAppliedAsync(
        PinnedServer server, DirectoryWrite write, LdapAnswer answer, LdapName? group, CancellationToken cancellation) => answer switch
        {
            LdapAnswer.Answered answered =>
                Refused(await Refusals.ExplainAsync(server, write, DirectoryErrors.Of(answered.Result), group, cancellation)),
            LdapAnswer.NotSent notSent => Refused(DirectoryErrors.Of(notSent.Fault)),
            LdapAnswer.Unknown unknown => new DirectoryWriteAnswer.Unknown(DirectoryErrors.Of(unknown.Fault)),
            _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
        };

    /// <summary>
    /// What a server says when what was read a moment ago has changed. A second value beside one that has just come is told (20) like
    /// two values at once, and a name that has just changed is told (32) like a group that is gone. Of members it says that they are
    /// there already (68) or are not (53, 16).
    /// </summary>
    private static bool MayBeOvertaken(DirectoryWrite write, LdapAnswer answer) =>
        answer is LdapAnswer.Answered(var result)
        && (result.Code == LdapResultCode.AttributeOrValueExists
            || (write is DirectoryWrite.ChangeMembers && result.Code is LdapResultCode.EntryAlreadyExists or LdapResultCode.UnwillingToPerform or LdapResultCode.NoSuchAttribute)
            || (write is DirectoryWrite.MoveGroup && result.Code == LdapResultCode.NoSuchObject)
            || DirectoryErrors.Of(result) is DirectoryError.Conflict);

    /// <summary>Change numbers of another server say nothing: then the values decide.</summary>
    private static bool IsStale(string? expected, string? present) =>
        expected is not null && present is not null && expected != present
        && expected.Split(':')[0] == present.Split(':')[0];

    private static DirectoryWriteAnswer.Refused Refused(DirectoryError error) => new(error);

    private static DirectoryError ErrorOf<T>(DirectoryAnswer<T> answer) => answer switch
    {
        DirectoryAnswer<T>.Failed failed => failed.Error,
        DirectoryAnswer<T>.Partial partial => partial.Why,
        _ => throw new InvalidOperationException("A whole answer is no error."),
    };
}
