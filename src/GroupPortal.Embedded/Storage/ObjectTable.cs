using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Search;

namespace GroupPortal.Embedded.Storage;

/// <summary>Whole names by which an object can be found exactly; the numbers are kept in the file.</summary>
internal enum KeyField
{
    AccountName = 1,
    UserPrincipalName = 2,
    Mail = 3,
    DisplayName = 4,
    Name = 5,
    MailNickname = 6,
}

/// <summary>Rows of <c>objects</c> together with everything that is derived from them: keys, words, counters, the change feed.</summary>
internal sealed class ObjectTable(Session session, Folding folding)
{
    /// <summary>Inserts the object and answers its row number.</summary>
    public long Insert(StoredObject item)
    {
        session.Execute(
            """
            INSERT INTO objects (guid, kind, name, name_key, dn, dn_key, parent, display_name, account_name, upn, mail, mail_nickname,
                description, title, department, office, company, manager, enabled, group_type, protected, sid, marker, version,
                member_count, created, changed)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 0, $25, $26)
            """,
            item.Id.Bytes(), (int)item.Kind, item.Name, folding.Fold(item.Name), item.Dn, DistinguishedName.Parse(item.Dn).Key, item.Parent,
            item.DisplayName, item.AccountName, item.UserPrincipalName, item.Mail, item.MailNickname, item.Description, item.Title,
            item.Department, item.Office, item.Company, item.Manager, item.Enabled ? 1 : 0, item.GroupType, item.IsProtected ? 1 : 0, item.Sid,
            item.Marker?.Bytes(), item.Version, item.Created, item.Changed);
        var row = SQLitePCL.raw.sqlite3_last_insert_rowid(session.Connection.Handle);
        InsertNames(item with { Row = row });
        Count(item, 1);
        AppendChange(item.Id, item.Kind, deleted: false);
        return row;
    }

    public void InsertDetails(long row, PersonDetails details) => session.Execute(
        """
        INSERT INTO people (object, given_name, surname, city, country, employee_id, employee_type, is_guest, hired)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        row, details.GivenName, details.Surname, details.City, details.Country, details.EmployeeId, details.EmployeeType,
        details.IsGuest ? 1 : 0, details.Hired);

    /// <summary>Writes every column that a group write can change, and bumps the version.</summary>
    public StoredObject Update(StoredObject before, StoredObject after, long now)
    {
        var changed = after with { Version = before.Version + 1, Changed = now };
        session.Execute(
            """
            UPDATE objects SET name = $2, name_key = $3, dn = $4, dn_key = $5, parent = $6, display_name = $7, account_name = $8, mail = $9,
                mail_nickname = $10, description = $11, group_type = $12, version = $13, changed = $14, member_count = $15, company = $16
            WHERE id = $1
            """,
            changed.Row, changed.Name, folding.Fold(changed.Name), changed.Dn, DistinguishedName.Parse(changed.Dn).Key, changed.Parent,
            changed.DisplayName, changed.AccountName, changed.Mail, changed.MailNickname, changed.Description, changed.GroupType,
            changed.Version, changed.Changed, changed.MemberCount, changed.Company);
        if (!Keys(before).SequenceEqual(Keys(changed)))
        {
            DeleteNames(before);
            InsertNames(changed);
        }

        if (!string.Equals(folding.Fold(before.Name), folding.Fold(changed.Name), StringComparison.Ordinal))
        {
            session.Execute("UPDATE members SET name_key = $2 WHERE member_id = $1", changed.Row, folding.Fold(changed.Name));
        }

        if (before.GroupType != changed.GroupType)
        {
            Count(before, -1);
            Count(changed, 1);
        }

        AppendChange(changed.Id, changed.Kind, deleted: false);
        return changed;
    }

    /// <summary>A group whose members or owners changed: its version, its count and the feed.</summary>
    public void Touch(long row, Guid id, long membersMore, long now)
    {
        session.Execute(
            "UPDATE objects SET version = version + 1, member_count = member_count + $2, changed = $3 WHERE id = $1", row, membersMore, now);
        AppendChange(id, ObjectKind.Group, deleted: false);
    }

    public long Touch(StoredObject group, long membersMore, long now)
    {
        Touch(group.Row, group.Id, membersMore, now);
        return group.Version + 1;
    }

    public void Delete(StoredObject item)
    {
        DeleteNames(item);
        session.Execute("DELETE FROM attribute_values WHERE object = $1", item.Row);
        session.Execute("DELETE FROM people WHERE object = $1", item.Row);
        session.Execute("DELETE FROM objects WHERE id = $1", item.Row);
        Count(item, -1);
        AppendChange(item.Id, item.Kind, deleted: true);
    }

    public void AppendChange(Guid id, ObjectKind kind, bool deleted) =>
        session.Execute("INSERT INTO changes (guid, kind, deleted) VALUES ($1, $2, $3)", id.Bytes(), (int)kind, deleted ? 1 : 0);

    private static IEnumerable<(KeyField Field, string? Value)> KeyValues(StoredObject item) =>
    [
        (KeyField.AccountName, item.AccountName),
        (KeyField.UserPrincipalName, item.UserPrincipalName),
        (KeyField.Mail, item.Mail),
        (KeyField.DisplayName, item.DisplayName),
        (KeyField.Name, item.Name),
        (KeyField.MailNickname, item.MailNickname),
    ];

    private IEnumerable<(KeyField Field, string Folded)> Keys(StoredObject item) =>
        from key in KeyValues(item)
        where key.Value is not null
        select (key.Field, folding.Fold(key.Value));

    private void InsertNames(StoredObject item)
    {
        foreach (var (field, folded) in Keys(item))
        {
            session.Execute("INSERT INTO keys (field, folded, object) VALUES ($1, $2, $3)", (int)field, folded, item.Row);
        }

        foreach (var word in SearchWords.Of(item, folding))
        {
            session.Execute("INSERT INTO names (class, folded, object) VALUES ($1, $2, $3)", (int)item.Kind, word, item.Row);
        }
    }

    private void DeleteNames(StoredObject item)
    {
        foreach (var (field, folded) in Keys(item))
        {
            session.Execute("DELETE FROM keys WHERE field = $1 AND folded = $2 AND object = $3", (int)field, folded, item.Row);
        }

        session.Execute("DELETE FROM names WHERE object = $1", item.Row);
    }

    private void Count(StoredObject item, int amount)
    {
        Counters.Add(session, Counters.ObjectsOfKind((int)item.Kind), amount);
        if (item.Kind == ObjectKind.Group)
        {
            Counters.Add(session, Counters.GroupsOfType(item.GroupType ?? 0), amount);
        }
    }
}
