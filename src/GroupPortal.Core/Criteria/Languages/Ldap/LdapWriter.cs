using System.Globalization;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Languages.Ldap;

/// <summary>
/// Writes a tree of at most <see cref="CriteriaLimits.Depth"/> levels as an LDAP filter that Active Directory answers. What
/// cannot be said is widened, under a negation narrowed, so that the filter never misses anybody whom the tree selects.
/// </summary>
internal sealed class LdapWriter(CriteriaVocabulary vocabulary)
{
    private const string Everyone = "(&)";

    private readonly List<CriteriaProblem> _problems = [];

    public Translation Write(Criterion root)
    {
        var residual = new List<Criterion>();
        var text = WriteTop(root, residual).Text ?? Everyone;
        if (IsTooLarge(text) is { } problem)
        {
            return new Translation(Everyone, root, [.. _problems, problem]);
        }

        return new Translation(text, residual.Count == 0 ? null : residual is [var only] ? only : new Criterion.AllOf(residual), [.. _problems.Distinct()]);
    }

    /// <summary>Of parts that must all hold, only the inexact ones are left over; of anything else, the whole.</summary>
    private Said WriteTop(Criterion criterion, List<Criterion> residual)
    {
        if (criterion is Criterion.AllOf { Parts.Count: > 0 } all)
        {
            return Joined('&', [.. all.Parts.Select(part => WriteTop(part, residual))], isWide: true);
        }

        var said = Write(criterion, isWide: true);
        if (!said.IsExact)
        {
            residual.Add(criterion);
        }

        return said;
    }

    /// <param name="isWide">Inexactly only with more than is meant; else only with less.</param>
    private Said Write(Criterion criterion, bool isWide) => criterion switch
    {
        Criterion.AllOf all => Joined('&', [.. all.Parts.Select(part => Write(part, isWide))], isWide),
        Criterion.AnyOf any => Joined('|', [.. any.Parts.Select(part => Write(part, isWide))], isWide),
        Criterion.Not not => Write(not.Inner, !isWide) is var inner && inner.Text is null ? inner : inner with { Text = $"(!{inner.Text})" },
        _ => Leaf(CriterionNormal.Of(criterion)) is var leaf && (leaf.IsExact || isWide) ? leaf : new Said(null, IsExact: false),
    };

    /// <summary>A part without text is everybody where <paramref name="isWide"/>, nobody where not.</summary>
    private static Said Joined(char sign, IReadOnlyList<Said> parts, bool isWide)
    {
        var isExact = parts.All(part => part.IsExact);
        var texts = parts.Select(part => part.Text).OfType<string>().ToList();
        var isLost = texts.Count < parts.Count;
        if (isLost && (texts.Count == 0 || (sign == '&') != isWide))
        {
            return new Said(null, IsExact: false);
        }

        return new Said(texts is [var only] ? only : $"({sign}{string.Concat(texts)})", isExact);
    }

    /// <summary>Exact, or wider, or without text where nothing narrower than everybody can be said.</summary>
    private Said Leaf(Criterion criterion)
    {
        if (criterion is Criterion.Each each)
        {
            return Items(each);
        }

        var name = criterion switch
        {
            Criterion.Compare compare => compare.Attribute,
            Criterion.Present present => present.Attribute,
            Criterion.Chain chain => chain.Attribute,
            _ => throw new InvalidOperationException($"{criterion.GetType().Name} is no leaf."),
        };
        if (Named(name) is not { } attribute)
        {
            return new Said(null, IsExact: false);
        }

        return criterion switch
        {
            Criterion.Compare compare => Compared(attribute, attribute.Ldap!, compare),
            Criterion.Chain chain => Chained(attribute, attribute.Ldap!, chain),
            _ => Present(attribute),
        };
    }

    private CriteriaAttribute? Named(string name)
    {
        if (!vocabulary.TryGet(name, out var attribute))
        {
            Report("UnknownAttribute", name);
            return null;
        }

        if (attribute.Ldap is null)
        {
            Report("NotInLanguage", attribute.Name);
            return null;
        }

        return attribute;
    }

    /// <summary>Any item at all, for one that fulfils something; without items every one does.</summary>
    private Said Items(Criterion.Each each)
    {
        if (Named(each.Attribute) is not { } attribute)
        {
            return new Said(null, IsExact: false);
        }

        Report("UnsaidItems", attribute.Name);
        return each.Quantifier == Quantifier.Any ? new Said($"({attribute.Ldap}=*)", IsExact: false) : new Said(null, IsExact: false);
    }

    private static Said Present(CriteriaAttribute attribute) => new(
        LdapForms.Of(attribute) == LdapForm.FileTime
            ? $"(&({attribute.Ldap}=*)(!({attribute.Ldap}=0))(!({attribute.Ldap}={LdapForms.Never})))"
            : $"({attribute.Ldap}=*)",
        IsExact: true);

    private Said Chained(CriteriaAttribute attribute, string name, Criterion.Chain chain)
    {
        if (LdapValue.Reference(chain.Target) is not { } target)
        {
            return AtLeastPresent(attribute, "UnsaidValue", attribute.Name);
        }

        if (chain.Depth is not { } depth)
        {
            return new Said($"({name}:{LdapForms.Chain}:={target})", IsExact: true);
        }

        Report("UnsaidDepth", attribute.Name, depth.ToString(CultureInfo.InvariantCulture));
        return new Said(depth == 1 ? $"({name}={target})" : $"({name}:{LdapForms.Chain}:={target})", IsExact: false);
    }

    private Said Compared(CriteriaAttribute attribute, string name, Criterion.Compare compare)
    {
        if (compare.Operator == CompareOperator.Matches)
        {
            return AtLeastPresent(attribute, "UnsaidPattern", attribute.Name);
        }

        return LdapForms.Of(attribute) switch
        {
            LdapForm.Text => CompareText(attribute, name, compare),
            LdapForm.Number => CompareNumber(attribute, name, compare),
            LdapForm.Generalized => CompareGeneralized(attribute, name, compare),
            LdapForm.FileTime => CompareFileTime(attribute, name, compare),
            LdapForm.ObjectId => CompareWhole(attribute, name, compare, Guid.TryParse(compare.Value, out var id) ? LdapValue.Escaped(id) : null),
            LdapForm.Name => CompareName(attribute, name, compare),
            LdapForm.Boolean => CompareWhole(attribute, name, compare, compare.Value is "TRUE" or "FALSE" ? compare.Value : null),
            LdapForm.ClassName => CompareWhole(attribute, name, compare, IsWord(compare.Value) ? compare.Value : null),
            var form => throw new InvalidOperationException($"No attribute of the form {form} is known."),
        };
    }

    private Said CompareName(CriteriaAttribute attribute, string name, Criterion.Compare compare)
    {
        var isReference = attribute.Syntax == CriteriaSyntaxes.Reference;
        var isWord = attribute.Ldap == "objectCategory" && IsWord(compare.Value);
        // What is no name makes the clause neither true nor false.
        var value = isWord ? compare.Value : isReference || !Guid.TryParse(compare.Value, out _) ? LdapValue.Reference(compare.Value) : null;
        var said = CompareWhole(attribute, name, compare, value);
        // A category can be asked by the name of any class that has it; the tree knows the categories alone. homeMDB is text in
        // a tree and a name in the directory, which knows other spellings of it.
        var isSame = isWord ? LdapForms.Categories.Contains(compare.Value)
            : isReference || attribute.Ldap != "homeMDB" || (DistinguishedName.TryParse(compare.Value, out var parsed) && parsed.ToString() == compare.Value);
        if (said.IsExact && !isSame)
        {
            Report("UnsaidValue", attribute.Name);
        }

        return said with { IsExact = said.IsExact && isSame };
    }

    private static bool IsWord(string value) => value.Length > 0 && value.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    private Said CompareWhole(CriteriaAttribute attribute, string name, Criterion.Compare compare, string? value)
    {
        if (compare.Operator != CompareOperator.Equals)
        {
            return AtLeastPresent(attribute, "UnsaidSubstring", attribute.Name);
        }

        return value is null ? AtLeastPresent(attribute, "UnsaidValue", attribute.Name) : new Said($"({name}={value})", IsExact: true);
    }

    private Said CompareText(CriteriaAttribute attribute, string name, Criterion.Compare compare)
    {
        IReadOnlyList<string>? parts = compare.Operator switch
        {
            CompareOperator.Equals => [compare.Value],
            CompareOperator.StartsWith => [compare.Value, string.Empty],
            CompareOperator.EndsWith => [string.Empty, compare.Value],
            CompareOperator.Contains => [string.Empty, compare.Value, string.Empty],
            CompareOperator.Like => LikePattern.Parts(compare.Value),
            _ => null,
        };
        if (parts is null)
        {
            return AtLeastPresent(attribute, "UnsaidOperator", CriteriaOperators.Of(compare)!.GroupId, attribute.Name);
        }

        var isSubstring = parts.Count > 1;
        var folded = isSubstring ? [.. parts.Select(OneBlank)] : parts;
        var escaped = folded.Select(LdapValue.Escaped).OfType<string>().ToList();
        var isEmpty = folded.All(part => vocabulary.Folding.Fold(part).Length == 0);
        if (escaped.Count < parts.Count || isEmpty)
        {
            return AtLeastPresent(attribute, "UnsaidValue", attribute.Name);
        }

        var isExact = !isSubstring || parts.SequenceEqual(folded, StringComparer.Ordinal);
        if (!isExact)
        {
            Report("UnsaidBlanks", attribute.Name);
            // A part of blanks alone is nothing to look for.
            escaped = [escaped[0], .. escaped.Skip(1).SkipLast(1).Where(part => part.Length > 0), escaped[^1]];
        }

        return new Said($"({name}={string.Join('*', escaped)})", isExact);
    }

    /// <summary>Servers drop a part's blanks at its ends and take runs of them as one: so do we, and look at the rest ourselves.</summary>
    private static string OneBlank(string part) => string.Join(' ', part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private Said CompareNumber(CriteriaAttribute attribute, string name, Criterion.Compare compare)
    {
        var rule = compare.Operator switch
        {
            CompareOperator.Equals => "=",
            CompareOperator.AtLeast => ">=",
            CompareOperator.AtMost => "<=",
            CompareOperator.AllBits => $":{LdapForms.AllBits}:=",
            CompareOperator.AnyBits => $":{LdapForms.AnyBits}:=",
            _ => null,
        };
        var isBits = compare.Operator is CompareOperator.AllBits or CompareOperator.AnyBits;
        if (rule is null || !long.TryParse(compare.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || number > (isBits ? uint.MaxValue : int.MaxValue) || number < (isBits ? 0 : int.MinValue))
        {
            return AtLeastPresent(attribute, "UnsaidValue", attribute.Name);
        }

        return new Said(string.Create(CultureInfo.InvariantCulture, $"({name}{rule}{number})"), IsExact: true);
    }

    /// <summary>Active Directory keeps whole seconds.</summary>
    private Said CompareGeneralized(CriteriaAttribute attribute, string name, Criterion.Compare compare)
    {
        if (Time(compare) is not { } time)
        {
            return AtLeastPresent(attribute, "UnsaidNow", compare.Value);
        }

        var isWhole = time.Ticks % TimeSpan.TicksPerSecond == 0;
        if (!isWhole)
        {
            return AtLeastPresent(attribute, "UnsaidValue", attribute.Name);
        }

        return Ordered(compare.Operator) is { } sign
            ? new Said($"({name}{sign}{LdapTime.Generalized(time)})", IsExact: true)
            : AtLeastPresent(attribute, "UnsaidOperator", CriteriaOperators.Of(compare)!.GroupId, attribute.Name);
    }

    /// <summary>0 and the highest number mean never: they are no value, though they stand first and last.</summary>
    private Said CompareFileTime(CriteriaAttribute attribute, string name, Criterion.Compare compare)
    {
        if (Time(compare) is not { } time)
        {
            return AtLeastPresent(attribute, "UnsaidNow", compare.Value);
        }

        if (LdapTime.FileTime(time) is not { } value)
        {
            return AtLeastPresent(attribute, "UnsaidValue", attribute.Name);
        }

        return compare.Operator switch
        {
            CompareOperator.Equals => new Said($"({name}={value})", IsExact: true),
            CompareOperator.AtLeast => new Said($"(&({name}>={value})(!({name}={LdapForms.Never})))", IsExact: true),
            CompareOperator.AtMost => new Said($"(&({name}<={value})(!({name}=0)))", IsExact: true),
            _ => AtLeastPresent(attribute, "UnsaidOperator", CriteriaOperators.Of(compare)!.GroupId, attribute.Name),
        };
    }

    private static DateTime? Time(Criterion.Compare compare) =>
        CriteriaTime.TryParse(compare.Value, out var time) ? time : null;

    private static string? Ordered(CompareOperator compare) => compare switch
    {
        CompareOperator.Equals => "=",
        CompareOperator.AtLeast => ">=",
        CompareOperator.AtMost => "<=",
        _ => null,
    };

    private Said AtLeastPresent(CriteriaAttribute attribute, string code, params IReadOnlyList<string> arguments)
    {
        Report(code, arguments);
        return new Said($"({attribute.Ldap}=*)", IsExact: false);
    }

    private void Report(string code, params IReadOnlyList<string> arguments) => _problems.Add(new CriteriaProblem(code, 0, 0, arguments));

    /// <summary>Some conditions take more than one clause: the text is measured too, against what servers bear.</summary>
    private static CriteriaProblem? IsTooLarge(string text)
    {
        var (depth, deepest, terms) = (0, 0, 0);
        for (var index = 0; index < text.Length; index++)
        {
            depth += text[index] switch { '(' => 1, ')' => -1, _ => 0 };
            deepest = Math.Max(deepest, depth);
            terms += text[index] == '(' && text[index + 1] is not ('&' or '|' or '!') ? 1 : 0;
        }

        return new CriterionSize(deepest, terms).Problem;
    }

    private readonly record struct Said(string? Text, bool IsExact);
}
