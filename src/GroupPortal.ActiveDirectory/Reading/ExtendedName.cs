using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// A name as <see cref="LdapControls.ExtendedNames"/> brings it, with the identity of the object before it; or without it,
/// where the control was not asked for. So 5,000 members need no 5,000 lookups. The name itself is parsed when it is asked for.
/// </summary>
internal sealed class ExtendedName
{
    private const string GuidStart = "<GUID=";
    private const string SidStart = "<SID=";

    private readonly string _text;
    private DistinguishedName? _parsed;
    private bool _isParsed;

    private ExtendedName(Guid? id, string? sid, string text)
    {
        Id = id;
        Sid = sid;
        _text = text;
    }

    public Guid? Id { get; }

    /// <summary>The object's SID in text, which comes even where the object itself may not be read; null where it has none.</summary>
    public string? Sid { get; }

    /// <summary>In our own escaping, as the server's may differ from one answer to the next.</summary>
    public string Dn => Parsed?.ToString() ?? _text;

    /// <summary>The object's own name; the whole text where that cannot be read as a name.</summary>
    public string Name => Parsed?.Name ?? _text;

    /// <summary>Equal keys are equal names.</summary>
    public string Key => Parsed?.Key ?? _text;

    /// <summary>Null where the text is no name.</summary>
    public DistinguishedName? Parsed
    {
        get
        {
            if (!_isParsed)
            {
                _ = DistinguishedName.TryParse(_text, out _parsed);
                _isParsed = true;
            }

            return _parsed;
        }
    }

    /// <summary>The name of an entry that was asked for its GUID besides.</summary>
    public static ExtendedName Of(LdapEntry entry)
    {
        var name = Of(entry.Name.ToString());
        return entry.Guid("objectGUID") is { } id ? new ExtendedName(id, name.Sid, name._text) : name;
    }

    public static ExtendedName Of(LdapName name) => Of(name.ToString());

    public static ExtendedName Of(string text)
    {
        Guid? id = null;
        string? sid = null;
        var rest = text.AsSpan();
        while (rest.StartsWith("<", StringComparison.Ordinal) && rest.IndexOf('>') is > 0 and var end)
        {
            if (rest.StartsWith(GuidStart, StringComparison.OrdinalIgnoreCase) && Guid.TryParse(rest[GuidStart.Length..end], out var found))
            {
                id = found;
            }
            else if (rest.StartsWith(SidStart, StringComparison.OrdinalIgnoreCase))
            {
                sid = rest[SidStart.Length..end].ToString();
            }

            rest = rest[(end + 1)..].TrimStart(';');
        }

        return new ExtendedName(id, sid, rest.Length == text.Length ? text : rest.ToString());
    }
}
