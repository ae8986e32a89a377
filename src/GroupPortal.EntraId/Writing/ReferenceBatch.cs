using System.Text.Json.Nodes;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;

namespace GroupPortal.EntraId.Writing;

/// <summary>References one by one, in a $batch: each has its own outcome. What is there or gone already is no change.</summary>
internal static class ReferenceBatch
{
    /// <summary>How often a part is sent at most that Graph did not answer clearly, or whose group it does not know yet.</summary>
    private const int MostRounds = 5;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    public static async Task<(Attempt? Stopped, IReadOnlyDictionary<Guid, StepOutcome> Outcomes)> SendAsync(
        GraphWrites writes, Links links, Guid group, IReadOnlyCollection<Guid> ids, bool add, CancellationToken cancellation)
    {
        var outcomes = new Dictionary<Guid, StepOutcome>();
        var isUnclear = false;
        var wait = FirstWait;
        for (var round = 1; ; round++)
        {
            var open = ids.Where(id => !outcomes.ContainsKey(id)).Distinct().ToList();
            if (open.Count == 0)
            {
                return (null, outcomes);
            }

            GraphFailure? unclear = null;
            DirectoryError? refusal = null;
            foreach (var chunk in open.Chunk(GraphBatch.Most))
            {
                var reply = await writes.SendAsync(
                    async (client, token) => await GraphBatch.SendAsync(client, writes.Tenant.Urls, [.. chunk.Select(id => Of(writes.Tenant.Urls, links, group, id, add))], writes.Tenant.Clock, token),
                    cancellation);
                if (reply.Value is null)
                {
                    if (reply.Lost is not null || reply.Failure?.IsUnclear == true)
                    {
                        writes.Sent.Remember(links, group, chunk, add);
                    }

                    return (Stop(reply.NotDone()), outcomes);
                }

                foreach (var (id, answer) in chunk.Zip(reply.Value))
                {
                    if (answer.Failure is null)
                    {
                        writes.Sent.Remember(links, group, [id], add);
                        outcomes[id] = StepOutcome.Done(0);
                        continue;
                    }

                    if (answer.Failure.IsUnclear)
                    {
                        isUnclear = true;
                        writes.Sent.Remember(links, group, [id], add);
                    }

                    if (IsNoChange(answer.Failure, group, id, add))
                    {
                        // A first try that was not clear may have done it.
                        outcomes[id] = new StepOutcome(0, writes.Sent.Contains(links, group, id, add) ? StepStatus.Done : StepStatus.NoChange);
                    }
                    else if (answer.Failure.IsUnclear || IsLag(writes, group, id, answer.Failure))
                    {
                        unclear = answer.Failure;
                    }
                    else
                    {
                        var error = GraphErrors.Of(answer.Failure);
                        if (error is DirectoryError.Throttled || answer.Failure.NamedId == group)
                        {
                            // The others of this batch may have been done: they are looked at first.
                            refusal ??= error;
                            continue;
                        }

                        outcomes[id] = StepOutcome.Failed(0, error with { Attribute = error.Attribute ?? links.Name });
                    }
                }

                if (refusal is not null)
                {
                    return (Stop(Attempt.Refused(refusal)), outcomes);
                }
            }

            if (unclear is not null)
            {
                if (round >= MostRounds || TenantWriter.IsTooLong(unclear.RetryAfter))
                {
                    return (unclear.IsUnclear ? new Attempt(new DirectoryWriteAnswer.Unknown(GraphErrors.Of(unclear))) : Stop(Attempt.Refused(GraphErrors.Of(unclear))), outcomes);
                }

                try
                {
                    await writes.Tenant.WaitAsync(unclear.RetryAfter ?? wait, cancellation);
                }
                catch (OperationCanceledException fault)
                {
                    return (new Attempt(new DirectoryWriteAnswer.Unknown(GraphErrors.Unreachable(fault))), outcomes);
                }

                wait *= 2;
            }
        }

        // Refused means that nothing was written: not to be said where nobody knows.
        Attempt Stop(Attempt attempt) =>
            isUnclear && attempt.Answer is DirectoryWriteAnswer.Refused(var error) ? new Attempt(new DirectoryWriteAnswer.Unknown(error)) : attempt;
    }

    private static BatchRequest Of(GraphUrls urls, Links links, Guid group, Guid id, bool add) => add
        ? new BatchRequest(HttpMethod.Post, GraphUrls.References(links, group), new JsonObject { ["@odata.id"] = urls.Target(id) })
        : new BatchRequest(HttpMethod.Delete, GraphUrls.Reference(links, group, id));

    /// <summary>Graph tells of a reference that is gone with 400, and with 404 where the object is gone as well.</summary>
    private static bool IsNoChange(GraphFailure failure, Guid group, Guid id, bool add) => add
        ? GraphErrors.IsAlreadyThere(failure)
        : GraphErrors.IsAlreadyGone(failure) || (failure.Status == 404 && failure.NamedId != group && (failure.NamedId is null || failure.NamedId == id));

    private static bool IsLag(GraphWrites writes, Guid group, Guid id, GraphFailure failure) =>
        GraphErrors.IsNotFoundYet(failure) && (writes.IsYoung(group) || failure.Status == 400) && failure.NamedId != id;
}
