using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

/// <summary>Who has the names already that a group would like to have: one batch.</summary>
internal sealed class NameReader(Tenant tenant, GraphReader graph)
{
    /// <summary>Several security groups may share a nickname with the one that has mail.</summary>
    private const int MostHolders = 100;

    public async Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> InUseAsync(NameQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        (string Attribute, string? Value)[] wishes = [(AttributeNames.MailNickname, query.MailNickname), (AttributeNames.DisplayName, query.DisplayName)];
        var asked = wishes.Where(wish => !string.IsNullOrWhiteSpace(wish.Value) && !wish.Value.Any(char.IsControl)).ToList();
        if (asked.Count == 0)
        {
            return DirectoryAnswer.Ok<IReadOnlyList<NameInUse>>([]);
        }

        var kind = ObjectKinds.Of(ObjectKind.Group);
        var answers = await graph.BatchAsync(
            [.. asked.Select(wish => new GraphQuery(kind.Collection) { Select = kind.Select, Filter = $"{wish.Attribute} eq {GraphQuery.Quote(wish.Value!)}", Top = MostHolders })],
            cancellation);
        var inUse = new List<NameInUse>();
        foreach (var (wish, answer) in asked.Zip(answers))
        {
            if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
            {
                return answer.WhyNot();
            }

            // A display name may be given twice, and a nickname too, unless both groups have mail.
            var holders = page.Items().Select(item => ObjectValues.Of(item, tenant, kind.Kind)).OfType<DirectoryObject>().Where(holder => holder.Id != query.Except)
                .OrderBy(holder => holder.GroupType == (int)EntraGroupType.Security);
            if (holders.FirstOrDefault() is { } other)
            {
                inUse.Add(new NameInUse(
                    wish.Attribute, wish.Value!, other, wish.Attribute == AttributeNames.MailNickname && other.GroupType != (int)EntraGroupType.Security));
            }
        }

        return DirectoryAnswer.Ok<IReadOnlyList<NameInUse>>(inUse);
    }
}
