using System.Text;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>A <see cref="ReplicaTable"/> while nothing changes: within one <see cref="ReplicaTable.Read{T}"/> only.</summary>
public sealed partial class ReplicaView : ICriteriaReferences
{
    private readonly ReplicaTable _table;

    private readonly PooledColumn? _labels;

    internal ReplicaView(ReplicaTable table)
    {
        _table = table;
        _labels = ColumnOf("displayName") as PooledColumn;
    }

    public CriteriaVocabulary Vocabulary => _table.Vocabulary;

    /// <summary>How many rows sets of this view have.</summary>
    public int RowCount => _table.Rows.Ids.Count;

    /// <summary>Another number after every change.</summary>
    public long Version => _table.Version;

    /// <summary>As <see cref="ReplicaTable.Generation"/>.</summary>
    public Guid Generation => _table.Generation;

    /// <summary>References resolve within the replica.</summary>
    public CriteriaContext ContextAt(DateTimeOffset now) => new(now) { References = this };

    /// <summary>-1 when there is no such object.</summary>
    public int RowOf(Guid id) => _table.Rows.Ids.Find(id) is var row and >= 0 && _table.Kinds[row] != 0 ? row : -1;

    public Guid IdOf(int row) => _table.Rows.Ids[row];

    public ObjectKind KindOf(int row) => (ObjectKind)(_table.Kinds[row] - 1);

    public string DnOf(int row) => _table.Rows.Names.Get(row);

    public bool IsProtected(int row) => _table.Protected.Contains(row);

    /// <summary>displayName, else the name in the container, else the id.</summary>
    public string LabelOf(int row)
    {
        var label = LabelBytes(row);
        return label.IsEmpty ? IdOf(row).ToString("D") : Encoding.UTF8.GetString(label);
    }

    /// <summary>As the directory has them; empty for none. memberOf is not among them.</summary>
    public IReadOnlyList<string> ValuesOf(int row, string attribute) =>
        Vocabulary.TryGet(attribute, out var known) && _table.OrdinalOf(known) is var ordinal and >= 0 && _table.Columns[ordinal] is { } column ? column.Get(row) : [];

    /// <summary>All that is known of it, put together again; references as GUIDs where they lead somewhere.</summary>
    public ReplicaObject ObjectAt(int row)
    {
        var values = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        for (var ordinal = 0; ordinal < _table.Columns.Length; ordinal++)
        {
            if (_table.Columns[ordinal]?.Get(row) is { Count: > 0 } some)
            {
                values.Add(KeyValuePair.Create(Vocabulary.Attributes[ordinal].Name, some));
            }
        }

        return new ReplicaObject(IdOf(row), KindOf(row), DnOf(row), values, KindOf(row) == ObjectKind.Group ? MembersOf(IdOf(row)) : null)
        {
            IsProtected = IsProtected(row),
        };
    }

    /// <summary>Everybody.</summary>
    public RowSet All() => OfKinds(static _ => true);

    /// <summary>The rows of ids; those that the replica does not know come back beside.</summary>
    public RowSet RowsOf(IEnumerable<Guid> ids, out IReadOnlyList<Guid> unknown)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var (set, others) = (new RowSet(RowCount), new List<Guid>());
        foreach (var id in ids)
        {
            if (RowOf(id) is var row and >= 0)
            {
                set[row] = true;
            }
            else
            {
                others.Add(id);
            }
        }

        unknown = others;
        return set;
    }

    /// <summary>A group's direct members, those without an object too.</summary>
    public IReadOnlyList<Guid> MembersOf(Guid group) =>
        _table.Rows.Ids.Find(group) is var row and >= 0 ? Array.ConvertAll(_table.Memberships.Of(row).ToArray(), IdOf) : [];

    /// <summary>A group's direct members of whom the replica holds nothing but that they are members, in the order of their rows.</summary>
    public IReadOnlyList<Guid> UnknownMembersOf(Guid group)
    {
        var unknown = new List<Guid>();
        if (_table.Rows.Ids.Find(group) is var row and >= 0)
        {
            foreach (var member in _table.Memberships.Of(row).Span)
            {
                if (_table.Kinds[member] == 0)
                {
                    unknown.Add(IdOf(member));
                }
            }
        }

        return unknown;
    }

    /// <summary>A group's direct members that are objects of the replica.</summary>
    public RowSet MemberRowsOf(Guid group)
    {
        var row = _table.Rows.Ids.Find(group);
        return _table.Memberships.In(row < 0 ? [] : [row], RowCount).And(All());
    }

    Guid? ICriteriaReferences.Find(DistinguishedName name) => _table.Rows.Names.Find(name) is var row and >= 0 ? IdOf(row) : null;

    IReadOnlyList<Guid> ICriteriaReferences.MemberOf(Guid id) =>
        _table.Rows.Ids.Find(id) is var row and >= 0 ? [.. _table.Memberships.Groups.Where(group => _table.Memberships.Has(group, row)).Select(IdOf)] : [];

    bool ICriteriaReferences.Reaches(Guid from, string attribute, Guid target, int? depth)
    {
        var (start, end) = (_table.Rows.Ids.Find(from), _table.Rows.Ids.Find(target));
        if (start < 0 || end < 0 || !Vocabulary.TryGet(attribute, out var known))
        {
            return false;
        }

        return CriteriaCompiler.IsMemberOf(known)
            ? Walk.From(end, depth, RowCount, _table.Memberships.Of)[start]
            : _table.OrdinalOf(known) is var ordinal and >= 0 && _table.Columns[ordinal] is ReferenceColumn column
                && Walk.From(start, depth, RowCount, row => column.Targets(row).ToArray())[end];
    }

    internal RowSet OfKinds(Func<ObjectKind, bool> wanted)
    {
        var truth = new bool[Enum.GetValues<ObjectKind>().Length + 1];
        for (var code = 1; code < truth.Length; code++)
        {
            truth[code] = wanted((ObjectKind)(code - 1));
        }

        return _table.Kinds.Scan(truth, RowCount);
    }

    internal ReplicaColumn? ColumnOf(string attribute) =>
        Vocabulary.TryGet(attribute, out var known) && _table.OrdinalOf(known) is var ordinal and >= 0 ? _table.Columns[ordinal] : null;

    /// <summary>UTF-8; empty where there is neither.</summary>
    internal ReadOnlySpan<byte> LabelBytes(int row)
    {
        if (_labels is not null && _labels.First(row) is { IsEmpty: false } label)
        {
            return label;
        }

        var own = _table.Rows.Names.Own(row);
        var value = own[(own.IndexOf((byte)'=') + 1)..];
        return value.Contains((byte)'\\') && DistinguishedName.TryParse(Encoding.UTF8.GetString(own), out var name) ? Encoding.UTF8.GetBytes(name.Name) : value;
    }
}
