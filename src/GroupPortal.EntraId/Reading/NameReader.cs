using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

/// <summary>Who has the names already that a group would like to have: one batch.</summary>
internal sealed class NameReader(Tenant tenant, GraphReader graph)
{
    public async Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> InUseAsync(NameQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // A display name may be given twice. A nickname may not, where one of the two has a mailbox; Graph says so only when it is written.
        (string Attribute, string? Value, bool MustBeUnique)[] wishes =
        [
            (AttributeNames.MailNickname, query.MailNickname, true),
            (AttributeNames.DisplayName, query.DisplayName, false),
        ];
        var asked = wishes.Where(wish => !string.IsNullOrWhiteSpace(wish.Value) && !wish.Value.Any(char.IsControl)).ToList();
        if (asked.Count == 0)
        {
            return DirectoryAnswer.Ok<IReadOnlyList<NameInUse>>([]);
        }

        var kind = ObjectKinds.Of(ObjectKind.Group);
        var answers = await graph.BatchAsync(
            [.. asked.Select(wish => new GraphQuery(kind.Collection) { Select = kind.Select, Filter = $"{wish.Attribute} eq {GraphQuery.Quote(wish.Value!)}", Top = 2 })],
            cancellation);
        var inUse = new List<NameInUse>();
        foreach (var (wish, answer) in asked.Zip(answers))
        {
            if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
            {
                return answer.WhyNot();
            }

            if (page.Items().Select(item => ObjectValues.Of(item, tenant, kind.Kind)).FirstOrDefault(holder => holder is not null && holder.Id != query.Except) is { } other)
            {
                inUse.Add(new NameInUse(wish.Attribute, wish.Value!, other, wish.MustBeUnique));
            }
        }

        return DirectoryAnswer.Ok<IReadOnlyList<NameInUse>>(inUse);
    }
}
