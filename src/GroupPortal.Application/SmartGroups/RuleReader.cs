using System.Collections.Concurrent;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Reads rules from groups. What was parsed is remembered: a scheduled group has the same criteria every time.</summary>
/// <param name="parse">Another reader than the languages' own; for tests that are about something else.</param>
public sealed class RuleReader(Func<CriteriaLanguage, string, CriteriaVocabulary, CriteriaReading>? parse = null)
{
    private const int MostRemembered = 10_000;
    private readonly ConcurrentDictionary<(StoreKind, CriteriaLanguage, string), CriteriaReading> _known = new();

    private readonly Func<CriteriaLanguage, string, CriteriaVocabulary, CriteriaReading> _parse = parse ?? CriteriaText.Read;

    public CriteriaReading Read(CriteriaLanguage language, string text, CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (_known.Count >= MostRemembered)
        {
            _known.Clear();
        }

        return _known.GetOrAdd((vocabulary.Kind, language, text), _ => _parse(language, text, vocabulary));
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
