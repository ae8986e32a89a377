using System.Globalization;
using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// Groups with their attributes and owners. One group is two requests, a Microsoft 365 group three; many are one request for a
/// thousand and two batches for every twenty. Members are counted and not read.
/// </summary>
internal sealed class GroupReader(Tenant tenant, GraphReader graph)
{
    private const int MostOwners = 100;

    private static readonly IReadOnlyList<string> Texts =
    [
        AttributeNames.DisplayName, AttributeNames.MailNickname, AttributeNames.Description, AttributeNames.Mail, AttributeNames.Visibility,
        "preferredLanguage", "theme", "classification",
    ];

    private static readonly IReadOnlyList<string> Selected =
    [
        "id", .. Texts, AttributeNames.MembershipRule, AttributeNames.RuleProcessing, .. ObjectKinds.OfGroupType, "securityEnabled", "isAssignableToRole",
        "onPremisesSyncEnabled", "createdDateTime", "renewedDateTime",
    ];

    /// <summary>Kept by Exchange: only Microsoft 365 groups have them, and only one group at a time tells them.</summary>
    private static readonly IReadOnlyList<string> OfExchange =
        [.. AttributeCatalogs.EntraId.Definitions.Where(attribute => attribute.KeptBy == KeptBy.Exchange).Select(attribute => attribute.Name)];

    public async Task<DirectoryAnswer<GroupState?>> GetAsync(Guid id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answers = await graph.BatchAsync([new GraphQuery($"/groups/{id:D}") { Select = Selected }, Owners(id), Count(id)], cancellation);
        if (answers[0] is not DirectoryAnswer<JsonElement>.Ok(var group))
        {
            return answers[0] is DirectoryAnswer<JsonElement>.Failed { Error: DirectoryError.NotFound } ? DirectoryAnswer.Ok<GroupState?>(null) : answers[0].WhyNot();
        }

        JsonElement exchange = default;
        if (ObjectValues.GroupTypeOf(group).IsUnified())
        {
            switch (await graph.GetAsync(new GraphQuery($"/groups/{id:D}") { Select = OfExchange }, cancellation))
            {
                case DirectoryAnswer<JsonElement>.Ok(var more):
                    exchange = more;
                    break;
                case DirectoryAnswer<JsonElement>.Failed { Error: DirectoryError.Throttled or DirectoryError.Unavailable } failed:
                    return failed.Error;
                default:
                    // Some of these only a person may ask for, or the mailbox is not made yet: the group is whole without them.
                    break;
            }
        }

        var state = await StateAsync(group, exchange, answers[1], answers[2], cancellation);
        return state.Map<GroupState?>(some => some);
    }

    public async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answer = await graph.ByIdsAsync(ids, [ObjectKinds.Of(ObjectKind.Group).Type], Selected, cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyList<JsonElement>>.Ok(var rows))
        {
            return answer.WhyNot();
        }

        var groups = rows.Where(row => row.Id() is not null).DistinctBy(row => row.Id()).ToList();
        var found = new Dictionary<Guid, GroupState>(groups.Count);
        var answers = await graph.BatchAsync([.. groups.Select(group => Owners(group.Id()!.Value)), .. groups.Select(group => Count(group.Id()!.Value))], cancellation);
        for (var number = 0; number < groups.Count; number++)
        {
            var state = await StateAsync(groups[number], default, answers[number], answers[groups.Count + number], cancellation);
            switch (state)
            {
                case DirectoryAnswer<GroupState>.Ok(var known):
                    found.Add(known.Id, known);
                    break;
                case DirectoryAnswer<GroupState>.Failed { Error: DirectoryError.NotFound }:
                    // Deleted between the two requests.
                    break;
                default:
                    return state.WhyNot();
            }
        }

        return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, GroupState>>(found);
    }

    private static GraphQuery Owners(Guid id) => new($"/groups/{id:D}/owners") { Select = ObjectKinds.SelectOfAny, Top = MostOwners };

    private static GraphQuery Count(Guid id) => MemberReader.Members(id) with { Top = 1, IsAdvanced = true };

    private async Task<DirectoryAnswer<GroupState>> StateAsync(
        JsonElement group,
        JsonElement exchange,
        DirectoryAnswer<JsonElement> ownersAnswer,
        DirectoryAnswer<JsonElement> countAnswer,
        CancellationToken cancellation)
    {
        var owners = await graph.RestAsync(ownersAnswer, Owners(group.Id()!.Value), cancellation);
        if (owners is not DirectoryAnswer<IReadOnlyList<JsonElement>>.Ok(var some))
        {
            return owners.WhyNot();
        }

        if (countAnswer is not DirectoryAnswer<JsonElement>.Ok(var counted))
        {
            return countAnswer.WhyNot();
        }

        var shown = ObjectValues.Of(group, tenant, ObjectKind.Group)!;
        return DirectoryAnswer.Ok(new GroupState(shown.Id, shown.Dn, new GroupVersion(string.Empty, 0))
        {
            Attributes = new AttributeValues(
                Attributes(group, exchange, shown).Where(pair => pair.Value is not null)
                    .Select(pair => KeyValuePair.Create<string, IReadOnlyList<string>>(pair.Name, [pair.Value!]))),
            Owners = [.. some.Select(owner => ObjectValues.Of(owner, tenant)).OfType<DirectoryObject>()],
            MemberCount = counted.Number("@odata.count") ?? counted.Items().Count(),
            Authority = ObjectValues.AuthorityOf(group),
            IsProtected = shown.IsProtected,
            Created = group.Time("createdDateTime") ?? default,
            Changed = ObjectValues.ChangedOf(group),
        });
    }

    private static IEnumerable<(string Name, string? Value)> Attributes(JsonElement group, JsonElement exchange, DirectoryObject shown)
    {
        foreach (var name in Texts)
        {
            yield return (name, group.Text(name));
        }

        // A group that was dynamic once may keep its rule; it decides nothing any more.
        if (ObjectValues.IsDynamic(group))
        {
            yield return (AttributeNames.MembershipRule, group.Text(AttributeNames.MembershipRule));
            yield return (AttributeNames.RuleProcessing, group.Text(AttributeNames.RuleProcessing));
        }

        foreach (var name in OfExchange)
        {
            yield return (name, Text(exchange.Flag(name)));
        }

        yield return (AttributeNames.GroupType, ((int)ObjectValues.GroupTypeOf(group)).ToString(CultureInfo.InvariantCulture));
        yield return ("mailEnabled", Text(group.Flag("mailEnabled")));
        yield return ("securityEnabled", Text(group.Flag("securityEnabled")));
        yield return ("createdDateTime", group.Time("createdDateTime")?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        yield return ("objectGUID", shown.Id.ToString("D"));
        yield return ("id", shown.Id.ToString("D"));
        yield return ("objectClass", "group");
        // The API asks both kinds of store for these three.
        yield return ("distinguishedName", shown.Dn);
        yield return ("cn", shown.Name);
        yield return (AttributeNames.Name, shown.Name);
    }

    private static string? Text(bool? flag) => flag switch
    {
        true => "true",
        false => "false",
        null => null,
    };
}
