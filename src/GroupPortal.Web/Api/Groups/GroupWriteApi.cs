using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Api.Reading;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>Create, update and delete of one group.</summary>
internal sealed class GroupWriteApi(StoreRegistry stores, GroupTargets targets, GroupWrites writes, GroupReader reader, SmartUpdates updates)
{
    /// <summary>Of a create with UpdateOption: the task that computes its members.</summary>
    public const string TaskHeader = "GroupPortal-Task";

    private const int UpdateType = 8;

    public Task CreateAsync(HttpContext context, string identityStoreId) => CreateAsync(context, identityStoreId, isByRule: false);

    private async Task CreateAsync(HttpContext context, string identityStoreId, bool isByRule)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call)
        {
            return;
        }

        var wire = new WireReader();
        var group = wire.Group(call.Body);
        if (!await call.IsReadableAsync(wire))
        {
            return;
        }

        var request = WireRequests.Create(group, call.Store, call.Settings.DefaultContainer, call.Options.IsStrict, isByRule) with { PreviewHash = call.Options.Previewed };
        var many = await writes.WriteManyAsync(call.Store, [(request, null)], call.Requester, call.Options);
        var answer = many.Groups[0];
        if (WireRequests.WantsUpdate(group) && answer is { IsApplied: true, GroupId: { } created }
            && (await updates.StartAsync(call.Store.Id, [created], call.Requester, CancellationToken.None))[0] is UpdateAnswer.Started(var task, _))
        {
            context.Response.Headers[TaskHeader] = task.ToString(CultureInfo.InvariantCulture);
        }

        var isEntra = call.Store.Kind == StoreKind.EntraId;
        await WriteAsync(call, many, Top(answer, name: null, isEntra ? 6 : 0) with
        {
            Shape = isEntra ? WireShape.EntraCreate : WireShape.Classic,
            Data = answer.GroupId,
            Server = string.IsNullOrEmpty(answer.Server) ? null : answer.Server,
            IdentityStoreObject = isEntra && many.Http == StatusCodes.Status200OK ? Echo : null,
            Details = GroupDetails.OfCreate.Of(answer, group),
        });

        Task Echo(WireWriter writer, CancellationToken cancellation)
        {
            var type = answer.Rows.FirstOrDefault(row => row.Step.Path == AttributeNames.GroupType)?.Step.After;
            return EntraEcho.WriteAsync(
                writer, group, EntraGroupTypes.TryParse(type is [var text] ? text : null, out var known) ? known : EntraGroupType.Security,
                call.Store.Id, answer.GroupId, isByRule, cancellation);
        }
    }

    /// <summary>The same for a group whose members a rule decides: the portal's (IMSGCriteria), or Entra's own (membershipRule).</summary>
    public Task CreateByRuleAsync(HttpContext context, string identityStoreId) => CreateAsync(context, identityStoreId, isByRule: true);

    public async Task UpdateAsync(HttpContext context, string identityStoreId, string identity)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores, UpdateType) is not { } call)
        {
            return;
        }

        var wire = new WireReader();
        var group = wire.Group(call.Body);
        if (!await call.IsReadableAsync(wire, UpdateType) || await FindAsync(call, identity, UpdateType) is not { } state)
        {
            return;
        }

        var request = WireRequests.Update(group, state, call.Store, call.Options.IsStrict, Expected(call, state)) with { PreviewHash = call.Options.Previewed };
        var many = await writes.WriteManyAsync(call.Store, [(request, null)], call.Requester, call.Options);
        var answer = many.Groups[0];
        if (answer.IsApplied && await reader.GetAsync(call.Store.Id, state.Id, call.Cancellation) is DirectoryAnswer<GroupState?>.Ok { Value: { } after })
        {
            context.Response.Headers.ETag = after.Version.ETag;
        }

        await WriteAsync(call, many, Top(answer, state.Id.ToString(), UpdateType) with { Details = GroupDetails.OfUpdate.Of(answer, group) });
    }

    public async Task DeleteAsync(HttpContext context, string identityStoreId, string identity)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call || await FindAsync(call, identity, type: 0) is not { } state)
        {
            return;
        }

        var request = WireRequests.Delete(state.Id, call.Options.IsStrict, Expected(call, state));
        var many = await writes.WriteManyAsync(call.Store, [(request, null)], call.Requester, call.Options);
        await WriteAsync(call, many, Top(many.Groups[0], name: null, type: 0));
    }

    /// <summary>The top of an answer about one group.</summary>
    internal static WireEnvelope Top(GroupAnswer answer, string? name, int type) => new(name, type, answer.Status)
    {
        Message = answer.Error?.Message,
        ErrorCode = answer.Error?.ErrorCode,
        Exceptions = answer.Error?.Exceptions ?? [],
    };

    internal static Task WriteAsync(ApiCall call, ManyAnswer many, WireEnvelope envelope)
    {
        if (many.Hash is { } hash)
        {
            call.Context.Response.Headers[WriteOptions.PlanHashHeader] = hash;
        }

        Answers.SetRetryAfter(call.Context, many.Groups.Count == 1 ? many.Groups[0].Error : null);
        return WireWriter.WriteAsync(call.Context, many.Http, envelope);
    }

    /// <summary>The state that the plan has to start from, where the client said which it looked at.</summary>
    private static string? Expected(ApiCall call, GroupState state) => call.Options.IfMatch.Count == 0 ? null : state.Version.ETag;

    /// <summary>The group as it stands, if it is still the one that If-Match names; else the answer has been given.</summary>
    private async Task<GroupState?> FindAsync(ApiCall call, string identity, int type)
    {
        var (state, error) = await targets.FindAsync(call.Store.Id, GroupIdentity.Of(call.Context, identity), call.Cancellation);
        if (state is not null && call.Options.IfMatch.Count > 0 && !call.Options.IfMatch.Contains(state.Version.ETag))
        {
            call.Context.Response.Headers.ETag = state.Version.ETag;
            error = ApiErrors.Changed;
        }

        if (error is not null)
        {
            await Answers.WriteAsync(call.Context, error, type);
            return null;
        }

        return state;
    }
}
