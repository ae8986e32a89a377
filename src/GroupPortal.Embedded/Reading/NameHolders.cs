using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Rules;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Reading;

/// <summary>Who has the names already that a group would like to have.</summary>
internal static class NameHolders
{
    public static List<NameInUse> Of(Session session, StoreRules rules, NameQuery query, CancellationToken cancellation)
    {
        var inUse = new List<NameInUse>();
        if (rules.IsTree && DistinguishedName.TryParse(query.Dn, out var dn))
        {
            var holders = ObjectRows.All(session.Query($"SELECT {ObjectRows.Columns} FROM objects o WHERE o.dn_key = $1", dn.Key), cancellation);
            Add(holders, AttributeNames.Name, dn.Name, mustBeUnique: true);
        }

        Ask(AttributeNames.AccountName, query.AccountName, KeyField.AccountName);
        Ask(AttributeNames.MailNickname, query.MailNickname, KeyField.MailNickname);
        Ask(AttributeNames.DisplayName, query.DisplayName, KeyField.DisplayName);
        return inUse;

        void Ask(string attribute, string? value, KeyField field)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                return;
            }

            var holders = ObjectRows.All(
                session.Query(
                    $"SELECT {ObjectRows.Columns} FROM keys k JOIN objects o ON o.id = k.object WHERE k.field = $1 AND k.folded = $2 LIMIT 2",
                    (int)field, rules.Folding.Fold(value)),
                cancellation);
            Add(holders, attribute, value, rules.Catalog.TryGet(attribute, out var definition) && definition.IsUnique);
        }

        void Add(List<DirectoryObject> holders, string attribute, string value, bool mustBeUnique)
        {
            if (holders.Find(holder => holder.Id != query.Except) is { } holder)
            {
                inUse.Add(new NameInUse(attribute, value, holder, mustBeUnique));
            }
        }
    }
}
