using GroupPortal.Application.Groups;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Api.Reading;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>Update and delete of many groups in one request.</summary>
internal sealed class ManyGroupsWriteApi(StoreRegistry stores, GroupTargets targets, GroupWrites writes)
{
    private const int UpdateType = 8;

    public async Task UpdateAsync(HttpContext context, string identityStoreId)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call)
        {
            return;
        }

        var wire = new WireReader();
        var groups = wire.Groups(call.Body);
        if (!await call.IsReadableAsync(wire) || !await NamesGroupsAsync(call, groups) || !await call.HasPreviewOfAllAsync(groups.Count))
        {
            return;
        }

        var (found, error) = await targets.FindManyAsync(call.Store.Id, [.. groups.Select(group => group.Identity!)], call.Cancellation);
        if (error is not null)
        {
            await Answers.WriteAsync(context, error);
            return;
        }

        var twice = found.Index().Where(one => one.Item.State is not null).GroupBy(one => one.Item.State!.Id).Where(same => same.Count() > 1)
            .Select(same => new WireProblem(groups[same.Last().Index].Path.ToString(), $"The group {same.Key} is named twice.")).ToList();
        if (twice.Count > 0)
        {
            await Answers.WriteAsync(context, ApiErrors.Unreadable(twice));
            return;
        }

        var many = await writes.WriteManyAsync(
            call.Store,
            [.. found.Zip(groups, (one, group) => one.State is { } state
                ? (WireRequests.Update(group, state, call.Store, call.Options.IsStrict, etag: null) with { PreviewHash = call.Options.Previewed }, null)
                : ((GroupRequest?)null, one.Error))],
            call.Requester, call.Options);
        await WriteAsync(call, many, many.Groups.Select((answer, index) =>
            GroupWriteApi.Top(answer, found[index].State?.Id.ToString() ?? groups[index].Identity, UpdateType) with
            {
                Details = GroupDetails.OfUpdate.Of(answer, groups[index]),
            }));
    }

    public async Task DeleteAsync(HttpContext context, string identityStoreId)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call)
        {
            return;
        }

        var wire = new WireReader();
        var identities = wire.Names(call.Body);
        if (!await call.IsReadableAsync(wire))
        {
            return;
        }

        if (identities.Count == 0)
        {
            await Answers.WriteAsync(context, ApiErrors.Unreadable([NoGroup]));
            return;
        }

        var (found, error) = await targets.FindManyAsync(call.Store.Id, identities, call.Cancellation);
        if (error is not null)
        {
            await Answers.WriteAsync(context, error);
            return;
        }

        // A group named twice is deleted once and answered twice: clients match the details by position.
        var distinct = found.DistinctBy(one => one.State?.Id ?? (object)one.Error!).ToList();
        var many = await writes.WriteManyAsync(
            call.Store,
            [.. distinct.Select(one => one.State is { } state ? (WireRequests.Delete(state.Id, call.Options.IsStrict, etag: null), null) : ((GroupRequest?)null, one.Error))],
            call.Requester, call.Options);
        var byKey = distinct.Zip(many.Groups).ToDictionary(pair => pair.First.State?.Id ?? (object)pair.First.Error!, pair => pair.Second);
        await WriteAsync(call, many, found.Select((one, index) =>
            GroupWriteApi.Top(byKey[one.State?.Id ?? (object)one.Error!], one.State?.Id.ToString() ?? identities[index], type: 0)));
    }

    private static WireProblem NoGroup { get; } = new(Place.Root.ToString(), "The body names no group.");

    private static async Task<bool> NamesGroupsAsync(ApiCall call, IReadOnlyList<WireGroup> groups)
    {
        List<WireProblem> problems = groups.Count == 0
            ? [NoGroup]
            : [.. groups.Where(group => string.IsNullOrEmpty(group.Identity))
                .Select(group => new WireProblem(group.Path.Of("objectIdFromIdentityStore").ToString(), "The group's identity is missing."))];
        if (problems.Count == 0)
        {
            return true;
        }

        await Answers.WriteAsync(call.Context, ApiErrors.Unreadable(problems));
        return false;
    }

    private static Task WriteAsync(ApiCall call, ManyAnswer many, IEnumerable<WireNode> details)
    {
        var failed = many.Groups.Where(group => group.Error is not null).ToList();
        var message = failed.Count == 0 ? null
            : many.Groups.Count == 1 ? failed[0].Error!.Message
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{failed.Count} of {many.Groups.Count} groups: {failed[0].Error!.Message}");
        return GroupWriteApi.WriteAsync(call, many, new WireEnvelope(null, 0, WireStatuses.Together(many.Groups.Select(group => group.Status).ToHashSet()))
        {
            Message = message,
            ErrorCode = failed.Count == 0 ? null : failed[0].Error!.ErrorCode,
            Details = details,
        });
    }
}
