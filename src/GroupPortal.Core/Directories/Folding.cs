using System.Text;

namespace GroupPortal.Core.Directories;

/// <summary>
/// How a kind of store compares strings. One object serves the planner, the evaluator and the embedded store, so that
/// "the same name" means one thing. Active Directory ignores case and leading and trailing blanks and takes inner runs of
/// blanks as one (MS-ADTS 3.1.1.3.1.4, as measured on Samba); Entra ID compares ordinally, ignoring case.
/// </summary>
public sealed class Folding : IEqualityComparer<string>
{
    public static readonly Folding ActiveDirectory = new(foldBlanks: true);
    public static readonly Folding EntraId = new(foldBlanks: false);

    private readonly bool _foldBlanks;

    private Folding(bool foldBlanks) => _foldBlanks = foldBlanks;

    public static Folding For(StoreKind kind) => kind switch
    {
        StoreKind.ActiveDirectory => ActiveDirectory,
        StoreKind.EntraId => EntraId,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>The key under which equal strings meet: equal keys, equal strings.</summary>
    public string Fold(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return (_foldBlanks ? OneBlank(value) : value).ToUpperInvariant();
    }

    public bool Equals(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return x is null && y is null;
        }

        return string.Equals(x, y, StringComparison.Ordinal) || string.Equals(Fold(x), Fold(y), StringComparison.Ordinal);
    }

    public int GetHashCode(string obj) => string.GetHashCode(Fold(obj), StringComparison.Ordinal);

    private static string OneBlank(string value)
    {
        var trimmed = value.AsSpan().Trim(' ');
        if (trimmed.IndexOf("  ", StringComparison.Ordinal) < 0)
        {
            return trimmed.Length == value.Length ? value : trimmed.ToString();
        }

        var text = new StringBuilder(trimmed.Length);
        var inBlanks = false;
        foreach (var character in trimmed)
        {
            if (character == ' ' && inBlanks)
            {
                continue;
            }

            inBlanks = character == ' ';
            text.Append(character);
        }

        return text.ToString();
    }
}
