using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Api.Reading;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>"Update now" of smart groups. Each answers at once with the task that does it; <see cref="TaskApi"/> says how it goes.</summary>
internal sealed class SmartGroupsApi(StoreRegistry stores, GroupTargets targets, SmartUpdates updates, PreviewBinding previews)
{
    private const int UpdateType = 8;

    public async Task UpdateAsync(HttpContext context, string identityStoreId, string identity)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores, UpdateType) is not { } call)
        {
            return;
        }

        var (state, error) = await targets.FindAsync(call.Store.Id, GroupIdentity.Of(context, identity, below: 1), call.Cancellation);
        if (state is null)
        {
            await Answers.WriteAsync(context, error!, UpdateType);
            return;
        }

        if (await WhyNotPreviewedAsync(call, state) is { } changed)
        {
            await Answers.WriteAsync(context, changed, UpdateType);
            return;
        }

        var answer = (await updates.StartAsync(call.Store.Id, [state.Id], call.Requester, call.Cancellation))[0];
        if (answer is not UpdateAnswer.Started(var task, var run))
        {
            await Answers.WriteAsync(context, WhyNot(answer, identity), UpdateType);
            return;
        }

        // The samples' name is the client's id, not the group's: the same for all groups of one request.
        await WireWriter.WriteAsync(context, StatusCodes.Status200OK, new WireEnvelope(run.ToString(), UpdateType, WireStatus.AsAsked) { TaskId = task });
    }

    public async Task UpdateManyAsync(HttpContext context, string identityStoreId)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores, UpdateType) is not { } call)
        {
            return;
        }

        var wire = new WireReader();
        var identities = wire.Names(call.Body);
        if (!await call.IsReadableAsync(wire, UpdateType))
        {
            return;
        }

        if (identities.Count == 0)
        {
            await Answers.WriteAsync(context, ApiErrors.Unreadable([new WireProblem(Place.Root.ToString(), "The body names no group.")]), UpdateType);
            return;
        }

        if (!await call.HasPreviewOfAllAsync(identities.Count, UpdateType))
        {
            return;
        }

        var (found, error) = await targets.FindManyAsync(call.Store.Id, identities, call.Cancellation);
        if (error is null && found is [{ State: { } alone }])
        {
            error = await WhyNotPreviewedAsync(call, alone);
        }

        if (error is not null)
        {
            await Answers.WriteAsync(context, error, UpdateType);
            return;
        }

        var ids = found.Select(one => one.State?.Id).OfType<Guid>().ToList();
        var answers = (await updates.StartAsync(call.Store.Id, ids, call.Requester, call.Cancellation)).Zip(ids)
            .DistinctBy(pair => pair.Second).ToDictionary(pair => pair.Second, pair => pair.First);
        await WriteManyAsync(context, [.. found.Select((one, index) =>
        {
            var answer = one.State is { } state ? answers[state.Id] : null;
            return new Updated(
                one.State?.Id.ToString() ?? identities[index],
                answer as UpdateAnswer.Started,
                answer is UpdateAnswer.Started ? null : one.Error ?? WhyNot(answer!, identities[index]));
        })]);
    }

    /// <summary>Why the update would not be of the preview that somebody looked at; null where it would, or where nobody looked.</summary>
    private async Task<ApiError?> WhyNotPreviewedAsync(ApiCall call, GroupState group) =>
        call.Options.Previewed is { } looked ? await previews.WhyNotAsync(call.Store.Id, group, looked, call.Cancellation) switch
        {
            null => null,
            PreviewAnswer.Ok(var now) => ApiErrors.PreviewChanged(now),
            var other => ApiErrors.Of(PreviewAnswer.ErrorOf(other)),
        } : null;

    internal static ApiError WhyNot(UpdateAnswer answer, string identity) => answer switch
    {
        UpdateAnswer.GroupUnknown => ApiErrors.GroupUnknown(identity),
        UpdateAnswer.NotSmart => new ApiError(
            StatusCodes.Status422UnprocessableEntity, nameof(DirectoryError.InvalidValue), $"No rule of the portal decides the members of “{identity}”."),
        UpdateAnswer.Denied(var decision) => ApiErrors.Denied(decision.Message),
        UpdateAnswer.DirectoryFailed(var error) => ApiErrors.Of(error),
        _ => throw new InvalidOperationException($"Unknown answer {answer}."),
    };

    /// <summary>An envelope of its own, as in the sample. Nothing started answers with what was wrong.</summary>
    private static async Task WriteManyAsync(HttpContext context, IReadOnlyList<Updated> groups)
    {
        var refused = groups.Where(group => group.Error is not null).ToList();
        var http = refused.Count < groups.Count ? StatusCodes.Status200OK
            : refused.Select(group => group.Error!.Http).Distinct().Count() == 1 ? refused[0].Error!.Http
            : StatusCodes.Status422UnprocessableEntity;
        Answers.SetRetryAfter(context, refused.Count == groups.Count ? refused[0].Error : null);
        await using var writer = WireWriter.Begin(context, http);
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("clientID", groups.Select(group => group.Started?.RunId.ToString()).FirstOrDefault(run => run is not null));
        json.WriteStartArray("details");
        foreach (var group in groups)
        {
            json.WriteStartObject();
            json.WriteString("groupID", group.Identity);
            json.WriteString("message", group.Error?.Message);
            json.WriteNumber("taskID", group.Started?.TaskId ?? 0);
            json.WriteNumber("status", (int)(group.Error is null ? WireStatus.AsAsked : WireStatus.Failed));
            json.WriteEndObject();
            await writer.BreatheAsync(context.RequestAborted);
        }

        json.WriteEndArray();
        json.WriteString("message", refused.Count == 0 ? null : refused[0].Error!.Message);
        json.WriteNumber("status", (int)(refused.Count == 0 ? WireStatus.AsAsked : refused.Count < groups.Count ? WireStatus.Partly : WireStatus.Failed));
        json.WriteEndObject();
    }

    private sealed record Updated(string Identity, UpdateAnswer.Started? Started, ApiError? Error);
}
