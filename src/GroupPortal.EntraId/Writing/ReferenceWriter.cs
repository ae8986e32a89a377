using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;

namespace GroupPortal.EntraId.Writing;

/// <summary>
/// Members and owners come and go. Members come 20 in one PATCH, which Graph takes whole or not at all; owners, and whoever goes, in a
/// $batch where each has its own outcome.
/// </summary>
internal sealed class ReferenceWriter(GraphWrites writes, ReferencesAmong among)
{
    private const int MostInPatch = 20;

    /// <summary>How often the list of members is asked before each is sent by itself.</summary>
    private const int MostReads = 2;

    private static readonly TimeSpan[] WaitsForReplication = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    public async Task<Attempt> WriteAsync(Links links, IReadOnlyList<ReferenceWrite> references, Guid group, CancellationToken cancellation)
    {
        var outcomes = new Dictionary<(Guid Id, bool Add), StepOutcome>();
        var come = references.Where(reference => reference.Add).Select(reference => reference.Id).Distinct().ToList();
        foreach (var chunk in come.Chunk(MostInPatch))
        {
            var (stopped, added) = links == Links.Members
                ? await AddWholeAsync(group, chunk, cancellation)
                : await ReferenceBatch.SendAsync(writes, links, group, chunk, add: true, cancellation);
            foreach (var (id, outcome) in added)
            {
                outcomes[(id, true)] = outcome;
            }

            if (stopped is { } why)
            {
                return Stopped(why, outcomes);
            }
        }

        // What a step takes away makes room for what it brings: where that failed, it stays.
        var failed = references.Where(reference => reference.Add && outcomes[(reference.Id, true)].Status == StepStatus.Failed).Select(reference => reference.Step).ToHashSet();
        var go = references.Where(reference => !reference.Add && !failed.Contains(reference.Step)).Select(reference => reference.Id).Distinct().ToList();
        var (notRemoved, removed) = await ReferenceBatch.SendAsync(writes, links, group, go, add: false, cancellation);
        foreach (var (id, outcome) in removed)
        {
            outcomes[(id, false)] = outcome;
        }

        if (notRemoved is { } reason)
        {
            return Stopped(reason, outcomes);
        }

        writes.Sent.Forget(links, group, references);
        return AnswerOf(references, outcomes, group);
    }

    /// <summary>Refused means that nothing was written. Where a part was, it is read back, and the rest is sent again.</summary>
    private static Attempt Stopped(Attempt why, Dictionary<(Guid Id, bool Add), StepOutcome> outcomes) =>
        !outcomes.Values.Any(outcome => outcome.Status == StepStatus.Done) ? why
        : why.Answer is DirectoryWriteAnswer.Refused(var error) ? new Attempt(new DirectoryWriteAnswer.Unknown(error))
        : why with { HasWritten = true };

    /// <summary>One that was refused alone is a refusal; of several each step has its own outcome.</summary>
    private static Attempt AnswerOf(IReadOnlyList<ReferenceWrite> references, Dictionary<(Guid Id, bool Add), StepOutcome> outcomes, Guid group)
    {
        if (outcomes.Count > 0 && outcomes.Values.All(outcome => outcome.Status == StepStatus.Failed)
            && (outcomes.Count == 1 || outcomes.Values.All(outcome => outcome.Error is DirectoryError.AccessDenied)))
        {
            return Attempt.Refused(outcomes.Values.First().Error!);
        }

        var byStep = new Dictionary<int, StepOutcome>();
        var counted = new HashSet<(Guid, bool)>();
        foreach (var reference in references)
        {
            var key = (reference.Id, reference.Add);
            var outcome = outcomes.GetValueOrDefault(key) ?? new StepOutcome(reference.Step, StepStatus.NotAttempted);

            // The same one once more has nothing left to do.
            if (!counted.Add(key) && outcome.Status == StepStatus.Done)
            {
                outcome = outcome with { Status = StepStatus.NoChange };
            }

            byStep[reference.Step] = byStep.TryGetValue(reference.Step, out var before) ? Both(before, outcome) : outcome with { Ordinal = reference.Step };
        }

        return new Attempt(new DirectoryWriteAnswer.Applied(group, null, [.. byStep.Values]));
    }

    private static StepOutcome Both(StepOutcome before, StepOutcome outcome) =>
        before.Status == StepStatus.Failed || (before.Status == StepStatus.Done && outcome.Status is StepStatus.NoChange or StepStatus.NotAttempted)
            ? before
            : outcome with { Ordinal = before.Ordinal };

    private async Task<(Attempt? Stopped, IReadOnlyDictionary<Guid, StepOutcome> Outcomes)> AddWholeAsync(
        Guid group, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        var outcomes = new Dictionary<Guid, StepOutcome>();
        var missing = ids.ToList();
        for (var (reads, waits) = (0, 0); ;)
        {
            var reply = await writes.SendAsync(
                group,
                (client, token) => client.Groups[group.ToString("D")].PatchAsync(
                    GroupBody.References(Links.Members, missing, writes.Tenant.Urls), request => request.Options.Add(new RequestCost(1, 1) { Bound = missing.Count }), token),
                cancellation);
            if (reply.IsDone)
            {
                writes.Sent.Remember(Links.Members, group, missing, add: true);
                missing.ForEach(id => outcomes[id] = StepOutcome.Done(0));
                return (null, outcomes);
            }

            if (reply.Lost is not null || reply.Failure?.IsUnclear == true)
            {
                writes.Sent.Remember(Links.Members, group, missing, add: true);
            }

            if (reply.Failure is { } failure && GraphErrors.IsAlreadyThere(failure))
            {
                var present = reads++ < MostReads && missing.Count > 1
                    ? await among.MembersOnPageAsync(group, missing, cancellation)
                    : DirectoryAnswer.Ok<IReadOnlySet<Guid>?>(missing.Count == 1 ? missing.ToHashSet() : []);
                if (present is not DirectoryAnswer<IReadOnlySet<Guid>?>.Ok({ Count: > 0 } there))
                {
                    // The list does not show them yet, or is too long to be sure: each by itself tells.
                    var (stopped, rest) = await ReferenceBatch.SendAsync(writes, Links.Members, group, missing, add: true, cancellation);
                    return (stopped, outcomes.Concat(rest).ToDictionary());
                }

                missing.Where(there.Contains).ToList().ForEach(id => outcomes[id] = new StepOutcome(0, IsOurs(id) ? StepStatus.Done : StepStatus.NoChange));
                missing.RemoveAll(there.Contains);
                if (missing.Count == 0)
                {
                    return (null, outcomes);
                }
            }
            else if (reply.Failure is { Status: 400, NamedId: null } lag && GraphErrors.IsNotFoundYet(lag) && waits < WaitsForReplication.Length)
            {
                // Said of what is young; also of a member that is, or of a group that another process made.
                try
                {
                    await writes.Tenant.WaitAsync(WaitsForReplication[waits++], cancellation);
                }
                catch (OperationCanceledException)
                {
                    return (reply.NotDone(), outcomes);
                }
            }
            else
            {
                return (reply.NotDone((failed, error) => error with { Attribute = error.Attribute ?? (failed.NamedId == group ? null : Links.Members.Name) }), outcomes);
            }
        }

        bool IsOurs(Guid id) => writes.Sent.Contains(Links.Members, group, id, add: true);
    }
}
