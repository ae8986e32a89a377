using System.Text.Json;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>Which groups contain something, directly and through others. Graph walks upward itself.</summary>
internal sealed class NestingReader(Tenant tenant, GraphReader graph, ObjectReader objects)
{
    /// <summary>All groups above this one; nobody knows of any above one that does not exist.</summary>
    public async Task<DirectoryAnswer<IReadOnlySet<Guid>>> AncestorsAsync(Guid group, CancellationToken cancellation)
    {
        var answer = await graph.AllAsync(
            new GraphQuery($"/groups/{group:D}/transitiveMemberOf") { Select = ["id"], Top = GraphReader.MostRows }, cancellation);
        return answer switch
        {
            DirectoryAnswer<IReadOnlyList<JsonElement>>.Failed { Error: DirectoryError.NotFound } => DirectoryAnswer.Ok<IReadOnlySet<Guid>>(new HashSet<Guid>()),
            _ => answer.Map<IReadOnlySet<Guid>>(rows => rows.Where(IsGroup).Select(row => row.Id()).OfType<Guid>().ToHashSet()),
        };
    }

    public async Task<DirectoryAnswer<Page<DirectoryObject>>> MemberOfAsync(Guid id, int skip, int take, CancellationToken cancellation)
    {
        var answer = await GroupsOfAsync(id, "memberOf", ObjectKinds.Of(ObjectKind.Group).Select, cancellation);
        return answer.Map(rows =>
        {
            var groups = rows.Select(row => ObjectValues.Of(row, tenant, ObjectKind.Group)).OfType<DirectoryObject>().ByName().ToList();
            return new Page<DirectoryObject>([.. groups.Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 1000))], groups.Count);
        });
    }

    /// <summary>
    /// The groups that an object is in or owns; none for one that does not exist. Who asks that is nearly always a person, so
    /// people are tried first, and the kind is looked up when it was none.
    /// </summary>
    /// <param name="relation">memberOf, or ownedObjects.</param>
    public async Task<DirectoryAnswer<IReadOnlyList<JsonElement>>> GroupsOfAsync(
        Guid id, string relation, IReadOnlyList<string> select, CancellationToken cancellation)
    {
        var answer = await RelatedAsync(ObjectKinds.Of(ObjectKind.User), id, relation, select, cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyList<JsonElement>>.Failed { Error: DirectoryError.NotFound })
        {
            return answer;
        }

        var kindAnswer = await objects.KindOfAsync(id, cancellation);
        if (kindAnswer is not DirectoryAnswer<ObjectKinds?>.Ok(var kind))
        {
            return kindAnswer.WhyNot();
        }

        var mayHave = relation == "memberOf" ? kind is not { Kind: ObjectKind.User } : kind is { Kind: ObjectKind.ServicePrincipal };
        return kind is not null && mayHave
            ? await RelatedAsync(kind, id, relation, select, cancellation)
            : DirectoryAnswer.Ok<IReadOnlyList<JsonElement>>([]);
    }

    private async Task<DirectoryAnswer<IReadOnlyList<JsonElement>>> RelatedAsync(
        ObjectKinds kind, Guid id, string relation, IReadOnlyList<string> select, CancellationToken cancellation)
    {
        var answer = await graph.AllAsync(
            new GraphQuery($"{kind.Collection}/{id:D}/{relation}") { Select = select, Top = GraphReader.MostRows }, cancellation);
        return answer.Map<IReadOnlyList<JsonElement>>(rows => [.. rows.Where(IsGroup)]);
    }

    private static bool IsGroup(JsonElement row) => ObjectKinds.Of(row)?.Kind == ObjectKind.Group;
}
