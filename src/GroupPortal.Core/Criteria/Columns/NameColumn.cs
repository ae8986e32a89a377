using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>Distinguished names: the object's own part as pooled text, the rest as the code of its container; and the way from a name to its row.</summary>
internal sealed class NameColumn
{
    private readonly List<Container> _containers = [new(string.Empty, string.Empty, null)];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private PooledColumn _own = new(foldsBlanks: true);
    private CodeArray _codes = new();
    private int[] _slots = new int[64];
    private int _used;

    public long Bytes => _own.Bytes + _codes.Bytes + (4 * _slots.LongLength) + _containers.Sum(container => 400L + (4L * container.Text.Length));

    /// <summary>By code; the first, without a name, is for objects right below nothing and for names that cannot be read.</summary>
    public IReadOnlyList<Container> Containers => _containers;

    public CodeArray Codes => _codes;

    public string Get(int row) => _own.Get(row) is [var own] ? own + _containers[_codes[row]].Text : string.Empty;

    /// <summary>The object's own part as it was written: <c>CN=Smith\, Ana</c>.</summary>
    public ReadOnlySpan<byte> Own(int row) => _own.First(row);

    /// <summary>-1 for a name that nobody has.</summary>
    public int Find(DistinguishedName name)
    {
        var parent = name.Parent;
        var container = 0;
        if (parent is not null && !_byKey.TryGetValue(parent.Key, out container))
        {
            return -1;
        }

        var own = parent is null ? name.Key : name.Key[..^(parent.Key.Length + 1)];
        for (var slot = Slot(container, own); _slots[slot] != 0; slot = Next(slot))
        {
            var row = _slots[slot] - 1;
            if (TryKey(row, out var theirs, out var ownOfTheirs) && theirs == container && ownOfTheirs == own)
            {
                return row;
            }
        }

        return -1;
    }

    public void Set(int row, string dn)
    {
        if (string.Equals(Get(row), dn, StringComparison.Ordinal))
        {
            return;
        }

        Remove(row);
        if (dn.Length == 0)
        {
            return;
        }

        var (own, rest) = Split(dn);
        var code = rest.Length == 0 ? 0 : ContainerOf(rest);
        _own.Set(row, [code < 0 ? dn : own]);
        _codes.Set(row, Math.Max(0, code));
        if (TryKey(row, out var container, out var key))
        {
            if (++_used * 4L > _slots.Length * 3L)
            {
                Grow();
            }

            Place(row, container, key);
        }
    }

    public void Remove(int row)
    {
        if (_own.First(row).IsEmpty)
        {
            return;
        }

        if (TryKey(row, out var container, out var key))
        {
            RemoveSlot(row, Slot(container, key));
            _used--;
        }

        _own.Set(row, []);
        _codes.Set(row, 0);
    }

    public void Save(ReplicaWriter writer)
    {
        writer.Int(_containers.Count);
        foreach (var container in _containers)
        {
            writer.Text(container.Text);
        }

        _own.Save(writer);
        _codes.Save(writer);
        writer.Int(_used);
        writer.Array<int>(_slots);
    }

    public static NameColumn Load(ReplicaReader reader)
    {
        var names = new NameColumn();
        for (var left = reader.Length(); left > 0; left--)
        {
            if (reader.Text() is { Length: > 0 } text)
            {
                names.ContainerOf(text);
            }
        }

        names._own = PooledColumn.Load(reader, foldsBlanks: true);
        names._codes = CodeArray.Load(reader);
        names._used = reader.Int();
        names._slots = reader.Array<int>();
        return names;
    }

    /// <param name="Text">With the separator before it, as it was written.</param>
    /// <param name="Name">Null for the first.</param>
    internal sealed record Container(string Text, string Key, DistinguishedName? Name);

    private static (string Own, string Above) Split(string dn)
    {
        for (var index = 0; index < dn.Length; index++)
        {
            if (dn[index] == '\\')
            {
                index++;
            }
            else if (dn[index] is ',' or ';')
            {
                return (dn[..index], dn[index..]);
            }
        }

        return (dn, string.Empty);
    }

    /// <summary>-1 for what is no name.</summary>
    private int ContainerOf(string text)
    {
        if (_byText.TryGetValue(text, out var code))
        {
            return code;
        }

        if (!DistinguishedName.TryParse(text[1..], out var name))
        {
            return -1;
        }

        code = _containers.Count;
        _containers.Add(new Container(text, name.Key, name));
        _byText[text] = code;
        _byKey.TryAdd(name.Key, code);
        return code;
    }

    private bool TryKey(int row, out int container, out string key)
    {
        (container, key) = (0, string.Empty);
        var code = _codes[row];
        if (_own.Get(row) is not [var own] || !DistinguishedName.TryParse(own, out var name) || name.Depth != 1)
        {
            return false;
        }

        (container, key) = (code == 0 ? 0 : _byKey[_containers[code].Key], name.Key);
        return true;
    }

    private void Grow()
    {
        var rows = _slots;
        _slots = new int[rows.Length * 2];
        foreach (var slot in rows)
        {
            if (slot != 0 && TryKey(slot - 1, out var container, out var key))
            {
                Place(slot - 1, container, key);
            }
        }
    }

    private void Place(int row, int container, string key)
    {
        var slot = Slot(container, key);
        while (_slots[slot] != 0)
        {
            slot = Next(slot);
        }

        _slots[slot] = row + 1;
    }

    /// <summary>Those behind move up to where they would have stood: no marks are left that a search would have to pass.</summary>
    private void RemoveSlot(int row, int slot)
    {
        while (_slots[slot] != row + 1)
        {
            slot = Next(slot);
        }

        _slots[slot] = 0;
        for (var next = Next(slot); _slots[next] != 0; next = Next(next))
        {
            var moved = _slots[next];
            _slots[next] = 0;
            TryKey(moved - 1, out var container, out var key);
            Place(moved - 1, container, key);
        }
    }

    private int Next(int slot) => (slot + 1) & (_slots.Length - 1);

    /// <summary>The same in every process: the slots are saved as they are.</summary>
    private int Slot(int container, string key)
    {
        var hash = 0xCBF29CE484222325UL ^ (uint)container;
        foreach (var character in key)
        {
            hash = (hash ^ character) * 0x100000001B3UL;
        }

        return (int)((hash ^ (hash >> 29)) & (ulong)(_slots.Length - 1));
    }
}
