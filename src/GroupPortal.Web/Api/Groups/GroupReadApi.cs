using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Api.Reading;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>Reads of one group and of many.</summary>
internal sealed class GroupReadApi(StoreRegistry stores, GroupTargets targets, GroupReader reader)
{
    public const string MissingHeader = "GroupPortal-Missing";

    private const int MembersAtOnce = 1000;
    private const int MostNamedMissing = 100;

    public async Task GetAsync(HttpContext context, string identityStoreId, string identity)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call)
        {
            return;
        }

        var wire = new WireReader();
        var attributes = wire.Attributes(call.Body);
        if (!await call.IsReadableAsync(wire))
        {
            return;
        }

        var (state, error) = await targets.FindAsync(call.Store.Id, GroupIdentity.Of(context, identity), call.Cancellation);
        var (group, why) = state is null ? (null, error) : await ReadAsync(call, state, attributes);
        if (group is null)
        {
            await Answers.WriteAsync(context, why!);
            return;
        }

        context.Response.Headers.ETag = state!.Version.ETag;
        await using var writer = WireWriter.Begin(context, StatusCodes.Status200OK);
        await GroupShape.WriteAsync(writer, group, call.Cancellation);
    }

    public async Task GetManyAsync(HttpContext context, string identityStoreId)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call)
        {
            return;
        }

        var wire = new WireReader();
        var query = wire.Query(call.Body);
        if (!await call.IsReadableAsync(wire))
        {
            return;
        }

        if (query.Identities.Count == 0)
        {
            await Answers.WriteAsync(context, ApiErrors.Unreadable([new WireProblem(Place.Root.Of("groupIdentities").ToString(), "The body names no group.")]));
            return;
        }

        var (found, error) = await targets.FindManyAsync(call.Store.Id, query.Identities, call.Cancellation);
        var groups = new List<ShownGroup>(found.Count);
        foreach (var (state, _) in found)
        {
            if (state is not null && error is null)
            {
                (var group, error) = await ReadAsync(call, state, query.Attributes);
                groups.Add(group!);
            }
        }

        if (error is not null)
        {
            await Answers.WriteAsync(context, error);
            return;
        }

        SetMissing(context, [.. query.Identities.Where((_, index) => found[index].State is null)]);
        await using var writer = WireWriter.Begin(context, StatusCodes.Status200OK);
        writer.Json.WriteStartArray();
        foreach (var group in groups)
        {
            await GroupShape.WriteAsync(writer, group, call.Cancellation);
        }

        writer.Json.WriteEndArray();
    }

    /// <summary>Percent-encoded, since a header is ASCII; only the first of very many.</summary>
    private static void SetMissing(HttpContext context, List<string> missing)
    {
        if (missing.Count > 0)
        {
            var named = string.Join(", ", missing.Take(MostNamedMissing).Select(Uri.EscapeDataString));
            context.Response.Headers[MissingHeader] = missing.Count <= MostNamedMissing
                ? named
                : string.Create(CultureInfo.InvariantCulture, $"{named}, and {missing.Count - MostNamedMissing} more");
        }
    }

    /// <summary>What was asked for of a group; references are read page by page, and only where they were asked for.</summary>
    private async Task<(ShownGroup? Group, ApiError? Error)> ReadAsync(ApiCall call, GroupState state, IReadOnlyList<string> names)
    {
        var asked = new List<ShownAttribute>(names.Count);
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            IReadOnlyList<ShownValue> values;
            if (string.Equals(name, AttributeNames.Members, StringComparison.OrdinalIgnoreCase) || string.Equals(name, "member", StringComparison.OrdinalIgnoreCase))
            {
                var (members, error) = await AllAsync(skip =>
                    reader.MembersAsync(call.Store.Id, new MemberQuery(state.Id, Skip: skip, Take: MembersAtOnce), call.Cancellation));
                if (error is not null)
                {
                    return (null, error);
                }

                values = members;
            }
            else if (string.Equals(name, "memberOf", StringComparison.OrdinalIgnoreCase))
            {
                var (groups, error) = await AllAsync(skip => reader.MemberOfAsync(call.Store.Id, state.Id, skip, MembersAtOnce, call.Cancellation));
                if (error is not null)
                {
                    return (null, error);
                }

                values = groups;
            }
            else
            {
                values = GroupShape.ValuesOf(state, call.Store.Kind, name);
            }

            asked.Add(new ShownAttribute(name, values));
        }

        return (new ShownGroup(state, call.Store, asked), null);
    }

    private static async Task<(IReadOnlyList<ShownValue> Values, ApiError? Error)> AllAsync(Func<int, Task<DirectoryAnswer<Page<DirectoryObject>>>> readPage)
    {
        var all = new List<ShownValue>();
        while (true)
        {
            var answer = await readPage(all.Count);
            if (answer is not DirectoryAnswer<Page<DirectoryObject>>.Ok(var page))
            {
                return ([], ApiErrors.Of(GroupTargets.WhyNot(answer)));
            }

            all.AddRange(page.Items.Select(GroupShape.Reference));
            if (page.Items.Count < MembersAtOnce)
            {
                return (all, null);
            }
        }
    }
}
