using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// "By the beginning of a word" as a filter, and as a check of what it found. A filter cannot say where a word begins, and
/// Samba drops blanks at the edges of a substring: what is sent is wider than what is meant, so every hit is checked.
/// </summary>
internal sealed class NameFilter
{
    /// <summary>From this length on a substring anywhere is narrow enough; shorter ones are asked for where a word can begin.</summary>
    private const int LongEnough = 3;

    private static readonly string[] Separators = [" ", "-", "(", "/", ".", "_", "&"];
    private static readonly string[] Names = ["name", "displayName"];
    private static readonly string[] Parts = ["givenName", "sn"];
    private static readonly string[] Wholes = ["sAMAccountName", "userPrincipalName", "mail"];

    private readonly IReadOnlyList<string> _words;
    private readonly Folding _folding;

    private NameFilter(IReadOnlyList<string> words, Folding folding)
    {
        _words = words;
        _folding = folding;
    }

    /// <summary>What a hit has to be asked for, for <see cref="Matches(LdapEntry)"/>.</summary>
    public static IReadOnlyList<string> Attributes { get; } = [.. Names, .. Parts, .. Wholes];

    /// <summary>Nothing was typed: everything matches.</summary>
    public bool IsEmpty => _words.Count == 0;

    /// <summary>Few objects are expected to match.</summary>
    public bool IsNarrow => _words.Any(word => word.Length >= LongEnough);

    /// <summary>No name can hold what was typed (control characters, half a character): nothing matches.</summary>
    public bool IsImpossible => _words.Any(word => !IsText(word));

    /// <summary>The words in the order of the alphabet: the same for the same search.</summary>
    public string Key => string.Join(' ', _words.Order(StringComparer.Ordinal));

    public static NameFilter Of(string text, Folding folding) => new(NameWords.Typed(text, folding), folding);

    /// <summary>Whether a value can be sent at all, and an object be named so.</summary>
    public static bool IsText(string value)
    {
        for (var index = 0; index < value.Length; index++)
        {
            if (char.IsControl(value[index]))
            {
                return false;
            }

            if (char.IsSurrogate(value[index]) && !(index + 1 < value.Length && char.IsSurrogatePair(value[index], value[++index])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Not for an empty or impossible one.</summary>
    public LdapFilter ToFilter() => LdapFilter.And([.. _words.Select(ToFilter)]);

    public bool Matches(LdapEntry entry) => Matches(
        [.. Names.Concat(Parts).Select(name => entry.Text(name)).OfType<string>()],
        [.. Wholes.Select(name => entry.Text(name)).OfType<string>()]);

    /// <summary>The same of a name alone, as a group's member list brings it.</summary>
    public bool Matches(string name) => Matches([name], []);

    private bool Matches(IReadOnlyList<string> names, IReadOnlyList<string> wholes)
    {
        var found = names.SelectMany(name => NameWords.Of(name, _folding)).Concat(wholes.Select(whole => NameWords.Whole(whole, _folding))).ToList();
        return _words.All(word => found.Exists(one => one.StartsWith(word, StringComparison.Ordinal)));
    }

    private static LdapFilter ToFilter(string word)
    {
        var inNames = word.Length >= LongEnough
            ? Names.Select(name => LdapFilter.Contains(name, word))
            : Names.SelectMany(name => Separators.Select(separator => LdapFilter.Contains(name, separator + word)).Prepend(LdapFilter.StartsWith(name, word)));
        return LdapFilter.Or([.. inNames, .. Parts.Concat(Wholes).Select(name => LdapFilter.StartsWith(name, word))]);
    }
}
