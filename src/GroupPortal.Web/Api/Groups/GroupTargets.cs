using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Api.Groups;

/// <summary>From <c>{GroupIdentity}</c>, a GUID, a distinguished name or a name, to the group as it stands.</summary>
internal sealed class GroupTargets(GroupReader reader)
{
    private static readonly ObjectKind[] Groups = [ObjectKind.Group];

    public async Task<(GroupState? State, ApiError? Error)> FindAsync(int storeId, string identity, CancellationToken cancellation)
    {
        if (Guid.TryParse(identity, out var id))
        {
            return await reader.GetAsync(storeId, id, cancellation) switch
            {
                DirectoryAnswer<GroupState?>.Ok({ } state) => ((GroupState?)state, (ApiError?)null),
                DirectoryAnswer<GroupState?>.Ok => (null, ApiErrors.GroupUnknown(identity)),
                var answer => (null, ApiErrors.Of(WhyNot(answer))),
            };
        }

        var (found, error) = await FindManyAsync(storeId, [identity], cancellation);
        return error is null ? found[0] : (null, error);
    }

    /// <summary>One answer for each identity, in their order; or why the directory could not be asked.</summary>
    public async Task<(IReadOnlyList<(GroupState? State, ApiError? Error)> Found, ApiError? Error)> FindManyAsync(
        int storeId, IReadOnlyList<string> identities, CancellationToken cancellation)
    {
        var references = identities.Where(identity => !Guid.TryParse(identity, out _)).Distinct(StringComparer.Ordinal).ToList();
        var matches = await ResolveAsync(storeId, references, cancellation);
        if (matches is not DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok(var matched))
        {
            return ([], ApiErrors.Of(WhyNot(matches)));
        }

        Guid? IdOf(string identity) => Guid.TryParse(identity, out var id) ? id
            : matched.GetValueOrDefault(identity) is ReferenceMatch.Found(var group) ? group.Id : null;
        var answer = await reader.GetManyAsync(storeId, [.. identities.Select(IdOf).OfType<Guid>().Distinct()], cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Ok(var states))
        {
            return ([], ApiErrors.Of(WhyNot(answer)));
        }

        return ([.. identities.Select(identity => (states.GetValueOrDefault(IdOf(identity) ?? Guid.Empty), matched.GetValueOrDefault(identity)) switch
        {
            ({ } state, _) => ((GroupState?)state, (ApiError?)null),
            (_, ReferenceMatch.Ambiguous(var candidates)) => (null, ApiErrors.GroupAmbiguous(identity, candidates.Count)),
            _ => (null, ApiErrors.GroupUnknown(identity)),
        })], null);
    }

    private Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(int storeId, List<string> references, CancellationToken cancellation) =>
        references.Count == 0
            ? Task.FromResult(DirectoryAnswer.Ok<IReadOnlyDictionary<string, ReferenceMatch>>(new Dictionary<string, ReferenceMatch>()))
            : reader.ResolveAsync(storeId, references, Groups, cancellation);

    internal static DirectoryError WhyNot<T>(DirectoryAnswer<T> answer) => answer switch
    {
        DirectoryAnswer<T>.Partial(_, var why) => why,
        DirectoryAnswer<T>.Failed(var error) => error,
        _ => throw new InvalidOperationException("A complete answer has no reason to be refused."),
    };
}
