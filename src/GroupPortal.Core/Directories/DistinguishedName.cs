using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace GroupPortal.Core.Directories;

/// <summary>One attribute and value of a name: <c>CN</c> and <c>Smith, Ana</c>, unescaped.</summary>
public readonly record struct NamePart(string Type, string Value);

/// <summary>
/// A distinguished name (RFC 4514), parsed. Servers escape the same name differently, so names are compared by
/// <see cref="Key"/> and never as the text they came in. Built only here: a value is escaped on the way out, so that no
/// character of a name can change the name's structure.
/// </summary>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    /// <summary>A longer text is no name of a directory object; refusing it bounds the parser's work.</summary>
    public const int MaximumLength = 8192;

    private readonly IReadOnlyList<IReadOnlyList<NamePart>> _levels;
    private string? _text;
    private string? _key;

    private DistinguishedName(IReadOnlyList<IReadOnlyList<NamePart>> levels) => _levels = levels;

    /// <summary>The number of levels; the object's own comes first.</summary>
    public int Depth => _levels.Count;

    /// <summary>The object's own name, unescaped: <c>Smith, Ana</c> of <c>CN=Smith\, Ana,OU=…</c>.</summary>
    public string Name => _levels[0][0].Value;

    /// <summary>The attribute that names the object: <c>CN</c>, <c>OU</c>, <c>DC</c>.</summary>
    public string Type => _levels[0][0].Type;

    /// <summary>The name one level up, or null at the root.</summary>
    public DistinguishedName? Parent => _levels.Count == 1 ? null : new DistinguishedName([.. _levels.Skip(1)]);

    /// <summary>Equal keys are equal names: types and values folded as Active Directory does, escapes normalised.</summary>
    public string Key => _key ??= Write(part => new NamePart(part.Type.ToUpperInvariant(), Folding.ActiveDirectory.Fold(part.Value)));

    public static DistinguishedName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException("The text is no distinguished name.");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DistinguishedName? name)
    {
        name = null;
        if (string.IsNullOrWhiteSpace(text) || text.Length > MaximumLength)
        {
            return false;
        }

        var levels = new List<IReadOnlyList<NamePart>>();
        var parts = new List<NamePart>();
        var position = 0;
        while (true)
        {
            if (!TryReadPart(text, ref position, out var part))
            {
                return false;
            }

            parts.Add(part);
            if (position < text.Length && text[position] == '+')
            {
                position++;
                continue;
            }

            levels.Add([.. parts]);
            parts.Clear();
            if (position == text.Length)
            {
                name = new DistinguishedName(levels);
                return true;
            }

            position++; // the comma or semicolon that TryReadPart stopped at
        }
    }

    /// <summary>The name of an object below this one; the value is taken literally and escaped here.</summary>
    public DistinguishedName Child(string type, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(value);
        return new DistinguishedName([[new NamePart(type, value)], .. _levels]);
    }

    /// <summary>Whether this name is <paramref name="ancestor"/> or lies somewhere below it.</summary>
    public bool IsAtOrUnder(DistinguishedName ancestor)
    {
        ArgumentNullException.ThrowIfNull(ancestor);
        return Depth >= ancestor.Depth
            && new DistinguishedName([.. _levels.Skip(Depth - ancestor.Depth)]).Equals(ancestor);
    }

    public bool Equals(DistinguishedName? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    public override int GetHashCode() => string.GetHashCode(Key, StringComparison.Ordinal);

    /// <summary>The name as text, escaped by RFC 4514 2.4.</summary>
    public override string ToString() => _text ??= Write(part => part);

    private string Write(Func<NamePart, NamePart> change)
    {
        var text = new StringBuilder();
        for (var level = 0; level < _levels.Count; level++)
        {
            text.Append(level == 0 ? string.Empty : ",");
            for (var index = 0; index < _levels[level].Count; index++)
            {
                var part = change(_levels[level][index]);
                text.Append(index == 0 ? string.Empty : "+").Append(part.Type).Append('=');
                AppendEscaped(text, part.Value);
            }
        }

        return text.ToString();
    }

    private static void AppendEscaped(StringBuilder text, string value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            var character = value[index];
            var atEdge = index == 0 || index == value.Length - 1;
            if (character is ',' or '+' or '"' or '\\' or '<' or '>' or ';' or '=' || (character == ' ' && atEdge) || (character == '#' && index == 0))
            {
                text.Append('\\').Append(character);
            }
            else if (character < ' ' || character == '\u007f')
            {
                text.Append('\\').Append(((int)character).ToString("x2", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(character);
            }
        }
    }

    private static bool TryReadPart(string text, ref int position, out NamePart part)
    {
        part = default;
        SkipBlanks(text, ref position);
        var start = position;
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] is '-' or '.'))
        {
            position++;
        }

        var type = text[start..position];
        SkipBlanks(text, ref position);
        if (type.Length == 0 || position >= text.Length || text[position] != '=')
        {
            return false;
        }

        position++;
        SkipBlanks(text, ref position);
        if (!TryReadValue(text, ref position, out var value) || value.Length == 0)
        {
            return false;
        }

        part = new NamePart(type, value);
        return true;
    }

    private static bool TryReadValue(string text, ref int position, out string value)
    {
        value = string.Empty;
        var bytes = new List<byte>();
        var result = new StringBuilder();
        var lastEscaped = -1;
        while (position < text.Length && text[position] is not (',' or ';' or '+'))
        {
            var character = text[position];
            if (character is '"' or '<' or '>')
            {
                return false; // RFC 4514 wants these escaped; a quoted value is RFC 1779, which no server of ours sends
            }

            if (character != '\\')
            {
                result.Append(character);
                position++;
                continue;
            }

            if (position + 1 >= text.Length)
            {
                return false;
            }

            if (IsHexPair(text, position + 1))
            {
                bytes.Clear();
                while (position + 2 < text.Length && text[position] == '\\' && IsHexPair(text, position + 1))
                {
                    bytes.Add(byte.Parse(text.AsSpan(position + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    position += 3;
                }

                if (!TryDecode(bytes, result))
                {
                    return false;
                }
            }
            else
            {
                result.Append(text[position + 1]);
                position += 2;
            }

            lastEscaped = result.Length;
        }

        // Blanks before a separator belong to the notation, unless the last of them was escaped.
        while (result.Length > Math.Max(lastEscaped, 0) && result[^1] == ' ')
        {
            result.Length--;
        }

        value = result.ToString();
        return true;
    }

    private static bool TryDecode(List<byte> bytes, StringBuilder into)
    {
        try
        {
            into.Append(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString([.. bytes]));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsHexPair(string text, int position) =>
        position + 1 < text.Length && char.IsAsciiHexDigit(text[position]) && char.IsAsciiHexDigit(text[position + 1]);

    private static void SkipBlanks(string text, ref int position)
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }
    }
}
