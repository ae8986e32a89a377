using System.Collections.Concurrent;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Reading;
using GroupPortal.EntraId.Requests;

namespace GroupPortal.EntraId.Writing;

/// <summary>
/// The writing half of the port. Refused means that nothing was written; what was sent and not answered is Unknown and never repeated
/// blindly. What Graph answered without knowing itself (5xx) is read back here, and sent again where it was not carried out: every
/// write is harmless a second time, since the group carries the plan's id and a reference is there or is not.
/// </summary>
internal sealed class TenantWriter
{
    /// <summary>How often a write is sent at most that Graph does not answer clearly.</summary>
    private const int MostSent = 4;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private readonly WriteRules _rules = WriteRules.Graph;
    private readonly GraphWrites _writes;
    private readonly CreateWriter _create;
    private readonly ModifyWriter _modify;
    private readonly ReferenceWriter _references;
    private readonly TeamWriter _team;
    private readonly ReferencesAmong _among;
    private readonly LicenceWriter _licences;
    private readonly ExpirationWriter _expiration;
    private readonly RestoreWriter _restore;

    /// <summary>Groups whose deletion was sent and not answered: not found may then be its own work.</summary>
    private readonly ConcurrentDictionary<Guid, bool> _deleted = new();

    public TenantWriter(Tenant tenant, MemberReader members)
    {
        _writes = new GraphWrites(tenant);
        _modify = new ModifyWriter(_writes, AttributeCatalogs.EntraId);
        _among = new ReferencesAmong(_writes, members);
        _create = new CreateWriter(_writes, _among, AttributeCatalogs.EntraId);
        _references = new ReferenceWriter(_writes, _among);
        _team = new TeamWriter(_writes);
        _licences = new LicenceWriter(_writes);
        _expiration = new ExpirationWriter(_writes, new GraphReader(tenant));
        _restore = new RestoreWriter(_writes);
    }

    public IReadOnlyList<DirectoryWrite> Batch(GroupPlan plan) => WriteBatches.Of(plan, _rules);

    /// <summary>Where Graph names the reference that leads nowhere, it is set apart at once; else halves.</summary>
    public IReadOnlyList<DirectoryWrite> Split(DirectoryWrite write, DirectoryError error)
    {
        if (error is DirectoryError.NotFound && GraphFailure.IdIn(error.ServerText) is { } named)
        {
            switch (write)
            {
                case DirectoryWrite.ChangeMembers members when Apart(members.Members, named) is { } parts:
                    return [.. parts.Select(part => members with { Members = part })];
                case DirectoryWrite.ChangeOwners owners when Apart(owners.Owners, named) is { } parts:
                    return [.. parts.Select(part => owners with { Owners = part })];
                default:
                    break;
            }
        }

        return WriteSplits.Of(write, error, _rules);
    }

    public async Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        if (WriteChecks.WhyNot(write, target, AttributeCatalogs.EntraId) is { } error)
        {
            return new DirectoryWriteAnswer.Refused(error);
        }

        var (wait, hasWritten) = (FirstWait, false);
        for (var sent = 1; ; sent++, wait *= 2)
        {
            var attempt = await SendAsync(write, target, cancellation);
            hasWritten |= attempt.HasWritten;
            if (attempt.Unclear is not { } unclear)
            {
                return attempt.Answer;
            }

            // 503 is the one among them that says that nothing was begun.
            var settled = await SettleAsync(write, target, cancellation);
            if (settled is not DirectoryWriteAnswer.Refused || sent == MostSent || IsTooLong(unclear.RetryAfter))
            {
                return settled is DirectoryWriteAnswer.Refused && unclear.Status == 503 && !hasWritten ? new DirectoryWriteAnswer.Refused(GraphErrors.Of(unclear))
                    : settled is DirectoryWriteAnswer.Refused ? attempt.Answer
                    : settled;
            }

            try
            {
                await _writes.Tenant.WaitAsync(unclear.RetryAfter ?? wait, cancellation);
            }
            catch (OperationCanceledException)
            {
                return attempt.Answer;
            }
        }
    }

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        if (write is DirectoryWrite.CreateGroup create)
        {
            return await _create.FindAsync(create.Marker, cancellation) switch
            {
                DirectoryAnswer<Guid?>.Ok({ } id) => await _create.SettledAsync(id, create, cancellation),
                DirectoryAnswer<Guid?>.Ok => NotCarriedOut,
                DirectoryAnswer<Guid?>.Failed(var error) => new DirectoryWriteAnswer.Unknown(error),
                _ => throw new InvalidOperationException("A name is found or not."),
            };
        }

        if (target is null)
        {
            return NotCarriedOut;
        }

        return write switch
        {
            DirectoryWrite.ModifyGroup modify when LicenceWriter.Takes(modify) => await _licences.SettleAsync(modify, target.GroupId, cancellation),
            DirectoryWrite.ModifyGroup modify when ExpirationWriter.Takes(modify) => await _expiration.SettleAsync(modify, target.GroupId, cancellation),
            DirectoryWrite.ModifyGroup modify => await _modify.SettleAsync(modify, target.GroupId, cancellation),
            DirectoryWrite.ChangeMembers members => await SettleAsync(write, Links.Members, members.Members, target.GroupId, cancellation),
            DirectoryWrite.ChangeOwners owners => await SettleAsync(write, Links.Owners, owners.Owners, target.GroupId, cancellation),
            DirectoryWrite.MakeTeam team => await _team.SettleAsync(team, target.GroupId, cancellation),
            DirectoryWrite.RestoreGroup restore => await _restore.SettleAsync(restore, target.GroupId, cancellation),
            DirectoryWrite.DeleteGroup delete => await SettleAsync(delete, target.GroupId, cancellation),
            _ => NotCarriedOut,
        };
    }

    /// <summary>Whoever waits is told.</summary>
    internal static bool IsTooLong(TimeSpan? wait) => wait > RequestPacer.Patience && CurrentPriority.Value == WorkPriority.High;

    private static DirectoryWriteAnswer.Refused NotCarriedOut { get; } = new(new DirectoryError.NotFound());

    private Task<Attempt> SendAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation) => write switch
    {
        DirectoryWrite.CreateGroup create => _create.WriteAsync(create, cancellation),
        DirectoryWrite.ModifyGroup modify when LicenceWriter.Takes(modify) => _licences.WriteAsync(modify, target!.GroupId, cancellation),
        DirectoryWrite.ModifyGroup modify when ExpirationWriter.Takes(modify) => _expiration.WriteAsync(modify, target!.GroupId, cancellation),
        DirectoryWrite.ModifyGroup modify => _modify.WriteAsync(modify, target!.GroupId, cancellation),
        DirectoryWrite.ChangeMembers members => _references.WriteAsync(Links.Members, members.Members, target!.GroupId, cancellation),
        DirectoryWrite.ChangeOwners owners => _references.WriteAsync(Links.Owners, owners.Owners, target!.GroupId, cancellation),
        DirectoryWrite.MakeTeam team => _team.WriteAsync(team, target!.GroupId, cancellation),
        DirectoryWrite.RestoreGroup restore => _restore.WriteAsync(restore, target!.GroupId, cancellation),
        DirectoryWrite.DeleteGroup delete => DeleteAsync(delete, target!.GroupId, cancellation),
        _ => throw new InvalidOperationException($"No write of the kind {write.GetType().Name} is known."),
    };

    private async Task<Attempt> DeleteAsync(DirectoryWrite.DeleteGroup write, Guid group, CancellationToken cancellation)
    {
        var reply = await _writes.SendAsync<object>(group, async (client, token) =>
        {
            await client.Groups[group.ToString("D")].DeleteAsync(cancellationToken: token);
            return null;
        }, cancellation);
        if (reply.IsDone || (reply.Failure?.Status == 404 && _deleted.ContainsKey(group)))
        {
            _deleted.TryRemove(group, out _);
            return new Attempt(CreateWriter.Applied(group, write));
        }

        var attempt = reply.NotDone();
        if (attempt.Answer is DirectoryWriteAnswer.Unknown)
        {
            _deleted[group] = true;
        }

        return attempt;
    }

    private async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.DeleteGroup write, Guid group, CancellationToken cancellation) =>
        await PresentGroup.ReadAsync(_writes, group, [AttributeNames.DisplayName], cancellation) switch
        {
            DirectoryAnswer<PresentGroup?>.Ok(null) => CreateWriter.Applied(group, write),
            DirectoryAnswer<PresentGroup?>.Ok => NotCarriedOut,
            DirectoryAnswer<PresentGroup?>.Failed(var error) => new DirectoryWriteAnswer.Unknown(error),
            _ => throw new InvalidOperationException("A group is read whole or not at all."),
        };

    /// <summary>All as wished means that it was carried out. Else it is sent again, and what is there or gone already is no change.</summary>
    private async Task<DirectoryWriteAnswer> SettleAsync(
        DirectoryWrite write, Links links, IReadOnlyList<ReferenceWrite> references, Guid group, CancellationToken cancellation)
    {
        var ids = references.Select(reference => reference.Id).Distinct().ToList();
        return await _among.ReadAsync(links, group, ids, cancellation) switch
        {
            DirectoryAnswer<IReadOnlySet<Guid>>.Ok(var present) => references.All(reference => present.Contains(reference.Id) == reference.Add)
                ? Forget(CreateWriter.Applied(group, write))
                : NotCarriedOut,
            DirectoryAnswer<IReadOnlySet<Guid>>.Failed { Error: DirectoryError.NotFound } => NotCarriedOut,
            DirectoryAnswer<IReadOnlySet<Guid>>.Failed(var error) => new DirectoryWriteAnswer.Unknown(error),
            _ => throw new InvalidOperationException("Who is a member is known whole or not at all."),
        };

        DirectoryWriteAnswer.Applied Forget(DirectoryWriteAnswer.Applied applied)
        {
            _writes.Sent.Forget(links, group, references);
            return applied;
        }
    }

    private static ReferenceWrite[][]? Apart(IReadOnlyList<ReferenceWrite> references, Guid named)
    {
        var culprits = references.Where(reference => reference.Id == named).ToArray();
        return culprits.Length > 0 && culprits.Length < references.Count ? [[.. references.Except(culprits)], culprits] : null;
    }
}
