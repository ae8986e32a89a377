using System.Collections.Concurrent;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>
/// Reads rules from groups. What was parsed is remembered: a scheduled group has the same criteria every time. It is bounded by the
/// characters remembered, for anybody can send texts of 64 KB; long ones are read anew each time.
/// </summary>
/// <param name="parse">Another reader than the languages' own; for tests that are about something else.</param>
public sealed class RuleReader(Func<CriteriaLanguage, string, CriteriaVocabulary, CriteriaReading>? parse = null)
{
    /// <summary>Of all texts together, in UTF-16 units.</summary>
    internal const int MostCharacters = 4_000_000;

    /// <summary>Longer ones are rare, and read in no time against what evaluating them costs.</summary>
    internal const int LongestRemembered = 4_000;

    /// <summary>What a text costs besides itself: its tree, at the least.</summary>
    private const int Overhead = 200;

    private readonly ConcurrentDictionary<(StoreKind, CriteriaLanguage, string), CriteriaReading> _known = new();

    private readonly Func<CriteriaLanguage, string, CriteriaVocabulary, CriteriaReading> _parse = parse ?? CriteriaText.Read;

    private int _characters;

    public CriteriaReading Read(CriteriaLanguage language, string text, CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (text.Length > LongestRemembered)
        {
            return _parse(language, text, vocabulary);
        }

        var key = (vocabulary.Kind, language, text);
        if (_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var reading = _parse(language, text, vocabulary);
        var cost = text.Length + Overhead;
        if (Interlocked.Add(ref _characters, cost) > MostCharacters)
        {
            _known.Clear();
            Interlocked.Exchange(ref _characters, cost);
        }

        _known[key] = reading;
        return reading;
    }

    /// <summary>The rule of a smart group; null where there is none, or none that can be read whole.</summary>
    public SmartRule? RuleOf(GroupState group, CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Membership == Membership.Smart && SmartRules.TextOf(group.Attributes) is var (text, language)
            ? SmartRules.Of(group.Attributes, Read(language, text, vocabulary))
            : null;
    }
}
