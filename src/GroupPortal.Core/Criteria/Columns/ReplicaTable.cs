using System.Security.Cryptography;
using System.Text;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>
/// What rules can ask of everybody in one store, column by column: the evaluator's data. One may write while many read: a
/// reader sees all of an <see cref="Apply(ReplicaPage)"/> or nothing of it. A column that nobody has a value in costs nothing.
/// </summary>
public sealed class ReplicaTable : IDisposable
{
    private const int FileForm = 1;
    private const int FileMark = 0x50525047;

    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, int> _appeared = [];
    private readonly HashSet<int> _gone = [];
    private readonly List<int> _new = [];
    private readonly bool[] _seen;

    public ReplicaTable(CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Vocabulary = vocabulary;
        Columns = new ReplicaColumn?[vocabulary.Attributes.Count];
        _seen = new bool[Columns.Length];
        for (var ordinal = 0; ordinal < Columns.Length; ordinal++)
        {
            var attribute = vocabulary.Attributes[ordinal];
            if (attribute.IsReplicated && !CriteriaCompiler.IsMemberOf(attribute))
            {
                _ordinals.TryAdd(attribute.Name, ordinal);
            }
        }
    }

    public CriteriaVocabulary Vocabulary { get; }

    /// <summary>Objects held, deleted ones apart.</summary>
    public int Count { get; private set; }

    /// <summary>Another number after every change.</summary>
    public long Version { get; private set; }

    /// <summary>Of this very table: within it a row's number is always the same object's, in another table another's.</summary>
    public Guid Generation { get; } = Guid.NewGuid();

    internal ReplicaColumn?[] Columns { get; }

    internal ReplicaRows Rows { get; private set; } = new();

    internal Memberships Memberships { get; private set; } = new();

    /// <summary>The kind's number plus one; 0 for a row without an object.</summary>
    internal CodeArray Kinds { get; private set; } = new();

    internal HashSet<int> Protected { get; private set; } = [];

    internal LeafMemo Leaves { get; } = new();

    /// <summary>Adds an object or replaces all that was known of it.</summary>
    public void Apply(ReplicaObject changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        Write(() => Put(changed));
    }

    /// <summary>All of a page at once.</summary>
    public void Apply(ReplicaPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        Write(() =>
        {
            foreach (var changed in page.Objects)
            {
                Put(changed);
            }

            foreach (var id in page.Deleted)
            {
                Drop(id);
            }
        });
    }

    public void Remove(Guid id) => Write(() => Drop(id));

    /// <summary>Asks while nothing changes. The view, and what it gives lazily, is not for keeping; a set of rows is.</summary>
    /// <exception cref="LockRecursionException">Within another question: ask all at once.</exception>
    public T Read<T>(Func<ReplicaView, T> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        _lock.EnterReadLock();
        try
        {
            return ask(new ReplicaView(this));
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    /// <summary>What each part takes in memory.</summary>
    public IReadOnlyList<ColumnMemory> MemoryReport() => Read(_ =>
    {
        List<ColumnMemory> report =
        [
            new("objectGUID", Count, Rows.Ids.Bytes), new("distinguishedName", Count, Rows.Names.Bytes), new("objectClass", Count, Kinds.Bytes),
            new("memberOf", Memberships.Count, Memberships.Bytes),
        ];
        for (var ordinal = 0; ordinal < Columns.Length; ordinal++)
        {
            if (Columns[ordinal] is { } column)
            {
                report.Add(new ColumnMemory(Vocabulary.Attributes[ordinal].Name, column.Count, column.Bytes));
            }
        }

        return report;
    });

    /// <summary>Writes everything, in frames with checksums.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Read(_ =>
        {
            var writer = new ReplicaWriter(stream);
            writer.Int(FileMark);
            writer.Int(FileForm);
            writer.Text(Fingerprint(Vocabulary));
            writer.Int(Count);
            writer.Long(Version);
            Rows.Save(writer);
            Kinds.Save(writer);
            Memberships.Save(writer);
            writer.Array<int>(Protected.ToArray());
            for (var ordinal = 0; ordinal < Columns.Length; ordinal++)
            {
                writer.Int(Columns[ordinal] switch { null => 0, CodedColumn => 1, PooledColumn => 2, TimeColumn => 3, _ => 4 });
                Columns[ordinal]?.Save(writer);
            }

            writer.End();
            return 0;
        });
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Another form, another vocabulary, damaged, or cut off.</exception>
    public static ReplicaTable Load(Stream stream, CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reader = new ReplicaReader(stream);
        if (reader.Int() != FileMark || reader.Int() != FileForm)
        {
            throw new InvalidDataException("The replica's file has another form.");
        }

        var table = new ReplicaTable(vocabulary);
        if (reader.Text() != Fingerprint(vocabulary))
        {
            throw new InvalidDataException("The replica's file is of another vocabulary.");
        }

        (table.Count, table.Version) = (reader.Int(), reader.Long());
        table.Rows = ReplicaRows.Load(reader);
        table.Kinds = CodeArray.Load(reader);
        table.Memberships = Memberships.Load(reader);
        table.Protected = [.. reader.Array<int>()];
        for (var ordinal = 0; ordinal < table.Columns.Length; ordinal++)
        {
            table.Columns[ordinal] = reader.Int() switch
            {
                0 => null,
                1 => CodedColumn.Load(reader),
                2 => PooledColumn.Load(reader, table.FoldsBlanks),
                3 => TimeColumn.Load(reader),
                4 => ReferenceColumn.Load(reader, table.Rows),
                _ => throw new InvalidDataException("The replica's file has a column of an unknown kind."),
            };
        }

        reader.End();
        return table;
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>-1 for what has no column.</summary>
    internal int OrdinalOf(CriteriaAttribute attribute) => _ordinals.GetValueOrDefault(attribute.Name, -1);

    private bool FoldsBlanks => Vocabulary.Kind == StoreKind.ActiveDirectory;

    private static string Fingerprint(CriteriaVocabulary vocabulary)
    {
        var text = new StringBuilder(vocabulary.Kind.ToString());
        foreach (var attribute in vocabulary.Attributes)
        {
            text.Append('\n').Append(attribute.Name).Append(' ').Append(attribute.Syntax).Append(' ').Append(attribute.IsReplicated);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private void Write(Action change)
    {
        _lock.EnterWriteLock();
        try
        {
            change();
            Resolve();
        }
        finally
        {
            Version++;
            Leaves.Clear();
            _lock.ExitWriteLock();
        }
    }

    private void Put(ReplicaObject changed)
    {
        var row = Rows.Ids.FindOrAdd(changed.Id);
        if (Kinds[row] == 0)
        {
            Count++;
            _new.Add(row);
            _gone.Remove(row);
        }

        Kinds.Set(row, (int)changed.Kind + 1);
        Rows.Names.Set(row, changed.Dn);
        if (Rows.Unresolved.Any && DistinguishedName.TryParse(changed.Dn, out var name) && Rows.Unresolved.Take(name.Key) is var number and >= 0)
        {
            _appeared[-number - 1] = row + 1;
        }

        _seen.AsSpan().Clear();
        foreach (var (attribute, values) in changed.Values)
        {
            if (_ordinals.TryGetValue(attribute, out var ordinal) && !_seen[ordinal])
            {
                _seen[ordinal] = true;
                Set(ordinal, row, values.Contains(string.Empty) ? [.. values.Where(value => value.Length > 0)] : values);
            }
        }

        for (var ordinal = 0; ordinal < _seen.Length; ordinal++)
        {
            if (!_seen[ordinal])
            {
                Columns[ordinal]?.Set(row, []);
            }
        }

        Memberships.Set(row, changed.Members is { } members ? [.. members.Distinct().Select(Rows.Ids.FindOrAdd)] : null);
        if (changed.IsProtected)
        {
            Protected.Add(row);
        }
        else
        {
            Protected.Remove(row);
        }
    }

    private void Set(int ordinal, int row, IReadOnlyList<string> values)
    {
        if (Columns[ordinal] is not { } column)
        {
            if (values.Count == 0)
            {
                return;
            }

            Columns[ordinal] = column = Make(Vocabulary.Attributes[ordinal]);
        }

        column.Set(row, values);
        if (column is CodedColumn { ShouldPool: true } coded)
        {
            var pooled = new PooledColumn(FoldsBlanks);
            foreach (var each in coded.Present(Rows.Ids.Count).Rows())
            {
                pooled.Set(each, coded.Get(each));
            }

            Columns[ordinal] = pooled;
        }
    }

    private ReplicaColumn Make(CriteriaAttribute attribute) => attribute.Syntax switch
    {
        CriteriaSyntaxes.Reference => new ReferenceColumn(Rows),
        CriteriaSyntaxes.Time => new TimeColumn(),
        CriteriaSyntaxes.Text when attribute.IsNearlyUnique => new PooledColumn(FoldsBlanks),
        _ => new CodedColumn(),
    };

    private void Drop(Guid id)
    {
        var row = Rows.Ids.Find(id);
        if (row < 0 || Kinds[row] == 0)
        {
            return;
        }

        Count--;
        _gone.Add(row);
        Kinds.Set(row, 0);
        Rows.Names.Remove(row);
        Memberships.Set(row, members: null);
        Protected.Remove(row);
        foreach (var column in Columns)
        {
            column?.Set(row, []);
        }
    }

    /// <summary>Once for many names and objects: it is a walk over every reference.</summary>
    private void Resolve()
    {
        foreach (var column in Columns.OfType<ReferenceColumn>())
        {
            if (_appeared.Count > 0)
            {
                column.Resolve(_appeared);
            }

            if (_gone.Count > 0)
            {
                column.Forget(_gone);
            }

            column.Return(_new);
        }

        _appeared.Clear();
        _gone.Clear();
        _new.Clear();
    }
}

/// <summary>What one attribute of everybody takes.</summary>
/// <param name="Values">How many have one; for memberOf, how many memberships there are.</param>
public sealed record ColumnMemory(string Attribute, long Values, long Bytes);
