using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>DNs that references name and nobody has, until somebody does.</summary>
internal sealed class UnresolvedNames
{
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>Whether there is anything to wait for.</summary>
    public bool Any => _byKey.Count > 0;

    public string this[int number] => _texts[number];

    /// <summary>A text that is no DN is kept too, and never found.</summary>
    public int Add(string text)
    {
        var key = KeyOf(text);
        if (!_byKey.TryGetValue(key, out var number))
        {
            number = _texts.Count;
            _texts.Add(text);
            _byKey[key] = number;
        }

        return number;
    }

    /// <summary>-1 when nobody refers to the name.</summary>
    public int Find(string key) => _byKey.GetValueOrDefault(key, -1);

    /// <summary>The number of a name that has appeared, once; -1 when nobody waits for it.</summary>
    public int Take(string key) => _byKey.Remove(key, out var number) ? number : -1;

    public void Save(ReplicaWriter writer)
    {
        writer.Int(_texts.Count);
        for (var number = 0; number < _texts.Count; number++)
        {
            writer.Text(_texts[number]);
            writer.Int(_byKey.GetValueOrDefault(KeyOf(_texts[number]), -1));
        }
    }

    public static UnresolvedNames Load(ReplicaReader reader)
    {
        var names = new UnresolvedNames();
        for (var left = reader.Length(); left > 0; left--)
        {
            var text = reader.Text();
            names._texts.Add(text);
            if (reader.Int() is var number and >= 0)
            {
                names._byKey[KeyOf(text)] = number;
            }
        }

        return names;
    }

    private static string KeyOf(string text) => DistinguishedName.TryParse(text, out var name) ? name.Key : "\0" + text;
}
