using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>Kinds, paths and whole rules.</summary>
public sealed partial class ReplicaView
{
    /// <summary>The bit of userAccountControl that a domain controller's account has (SERVER_TRUST_ACCOUNT).</summary>
    private const string DomainController = "8192";

    private static readonly Criterion Server = new Criterion.Compare("operatingSystem", CompareOperator.Contains, "Server");

    private static readonly Criterion Controller = new Criterion.Compare("userAccountControl", CompareOperator.AllBits, DomainController);

    /// <summary>Everybody of at least one of the kinds.</summary>
    public RowSet OfTypes(IEnumerable<QueryObjectType> types)
    {
        ArgumentNullException.ThrowIfNull(types);
        var set = new RowSet(RowCount);
        foreach (var type in types)
        {
            set.Or(OfType(type));
        }

        return set;
    }

    /// <summary>Everybody below at least one of the paths; all where there is none. A path that is no DN has nobody below it.</summary>
    public RowSet Below(IReadOnlyCollection<StartPath> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            return All();
        }

        // By keys, so that it costs the containers and the paths, not one times the other.
        var (levels, trees) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var itself = new List<int>();
        foreach (var path in paths)
        {
            if (!DistinguishedName.TryParse(path.Dn, out var top))
            {
                continue;
            }

            if (path.Scope != StartScope.Base)
            {
                (path.Scope == StartScope.OneLevel ? levels : trees).Add(top.Key);
            }

            if (path.Scope != StartScope.OneLevel && _table.Rows.Names.Find(top) is var row and >= 0)
            {
                itself.Add(row);
            }
        }

        var containers = _table.Rows.Names.Containers;
        var truth = new bool[containers.Count];
        var lookup = trees.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var code = 1; code < truth.Length; code++)
        {
            truth[code] = levels.Contains(containers[code].Key) || IsAtOrUnder(containers[code].Key, lookup);
        }

        var set = _table.Rows.Names.Codes.Scan(truth, RowCount);
        foreach (var row in itself)
        {
            set[row] = true;
        }

        return set.And(All());
    }

    /// <param name="key">A name's key, whose ends are the keys of what it lies in.</param>
    private static bool IsAtOrUnder(ReadOnlySpan<char> key, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> trees)
    {
        while (!trees.Contains(key))
        {
            var comma = 0;
            while (comma < key.Length && key[comma] != ',')
            {
                comma += key[comma] == '\\' ? 2 : 1;
            }

            if (comma >= key.Length)
            {
                return false;
            }

            key = key[(comma + 1)..];
        }

        return true;
    }

    /// <summary>The whole rule: criteria within kinds and paths, plus Include, minus Exclude, never the group itself.</summary>
    /// <param name="group">Null for a group that does not exist yet.</param>
    public RuleRows Select(SmartRule rule, Guid? group, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var scope = OfTypes(rule.ObjectTypes).And(Below(rule.StartPaths));
        var byCriteria = Evaluate(rule.Criteria, now, scope, out var clauses).And(scope);
        var include = RowsOf(rule.Include.Where(one => one.HoldsAt(now)).Select(one => one.Id), out var unknown);
        var exclude = RowsOf(rule.Exclude.Where(one => one.HoldsAt(now)).Select(one => one.Id), out var others);
        var selected = byCriteria.Copy().Or(include).AndNot(exclude);
        var excepted = selected.Copy().AndNot(byCriteria).Or(byCriteria.Copy().And(exclude));
        if (group is { } id && RowOf(id) is var row and >= 0)
        {
            selected[row] = false;
            excepted[row] = false;
        }

        return new RuleRows(scope, byCriteria, selected, excepted, clauses, [.. unknown.Concat(others).Distinct()])
        {
            Unseen = [.. unknown.Except(others).Where(one => one != group)],
        };
    }

    /// <summary>Accounts that are switched off.</summary>
    public RowSet Disabled()
    {
        var flags = Vocabulary.TryGet("userAccountControl", out _)
            ? new Criterion.Compare("userAccountControl", CompareOperator.AllBits, "2")
            : new Criterion.Compare("accountEnabled", CompareOperator.Equals, "FALSE");
        return Evaluate(flags, DateTimeOffset.MinValue);
    }

    private RowSet OfType(QueryObjectType type) => type switch
    {
        // Where no account has a mailbox store, nobody runs Exchange beside the directory: a mail address that leads nowhere else is one.
        QueryObjectType.MailboxUsers => ColumnOf("homeMDB") is { Count: > 0 }
            ? Of(ObjectKind.User).And(Having("homeMDB"))
            : Of(ObjectKind.User).And(Having("mail")).AndNot(Having("targetAddress")),
        QueryObjectType.ExternalAddressUsers => Of(ObjectKind.User).And(Having("targetAddress")),
        QueryObjectType.ExternalAddressContacts => Of(ObjectKind.Contact).And(Having("targetAddress").Or(Having("mail"))),
        QueryObjectType.MailEnabledGroups => Of(ObjectKind.Group).And(Having("mail")),
        QueryObjectType.MailEnabledPublicFolders => new RowSet(RowCount),
        QueryObjectType.Users => Of(ObjectKind.User),
        QueryObjectType.Contacts => Of(ObjectKind.Contact),
        QueryObjectType.Groups => Of(ObjectKind.Group),
        QueryObjectType.Workstations => Of(ObjectKind.Computer).AndNot(Servers()).AndNot(DomainControllers()),
        QueryObjectType.Servers => Of(ObjectKind.Computer).And(Servers()).AndNot(DomainControllers()),
        QueryObjectType.DomainControllers => Of(ObjectKind.Computer).And(DomainControllers()),
        QueryObjectType.Devices => Of(ObjectKind.Device),
        _ => new RowSet(RowCount),
    };

    /// <summary>Whether somebody is of a kind by the values given here, whatever the table holds of him.</summary>
    public bool IsOfType(ReplicaObject subject, QueryObjectType type)
    {
        ArgumentNullException.ThrowIfNull(subject);
        (ObjectKind Kind, Criterion Criteria) of = type switch
        {
            QueryObjectType.MailboxUsers => (ObjectKind.User, ColumnOf("homeMDB") is { Count: > 0 } ? Some("homeMDB") : new Criterion.AllOf([Some("mail"), None("targetAddress")])),
            QueryObjectType.ExternalAddressUsers => (ObjectKind.User, Some("targetAddress")),
            QueryObjectType.ExternalAddressContacts => (ObjectKind.Contact, new Criterion.AnyOf([Some("targetAddress"), Some("mail")])),
            QueryObjectType.MailEnabledGroups => (ObjectKind.Group, Some("mail")),
            QueryObjectType.Users => (ObjectKind.User, Criterion.Everyone),
            QueryObjectType.Contacts => (ObjectKind.Contact, Criterion.Everyone),
            QueryObjectType.Groups => (ObjectKind.Group, Criterion.Everyone),
            QueryObjectType.Workstations => (ObjectKind.Computer, new Criterion.AllOf([new Criterion.Not(Server), new Criterion.Not(Controller)])),
            QueryObjectType.Servers => (ObjectKind.Computer, new Criterion.AllOf([Server, new Criterion.Not(Controller)])),
            QueryObjectType.DomainControllers => (ObjectKind.Computer, Controller),
            QueryObjectType.Devices => (ObjectKind.Device, Criterion.Everyone),
            _ => (subject.Kind, Criterion.Nobody),
        };
        return subject.Kind == of.Kind && CriteriaPredicate.Explain(of.Criteria, subject, Vocabulary, ContextAt(DateTimeOffset.MinValue)).Holds;
    }

    private static Criterion.Present Some(string attribute) => new Criterion.Present(attribute);

    private static Criterion.Not None(string attribute) => new(new Criterion.Present(attribute));

    private RowSet Of(ObjectKind kind) => OfKinds(other => other == kind);

    private RowSet Having(string attribute) => ColumnOf(attribute)?.Present(RowCount) ?? new RowSet(RowCount);

    private RowSet Servers() => Evaluate(Server, DateTimeOffset.MinValue);

    private RowSet DomainControllers() => Evaluate(Controller, DateTimeOffset.MinValue);
}
