using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Criteria;

namespace GroupPortal.Web.Components.Rule;

/// <summary>The rule of a group that is there, ready to be written on.</summary>
public static class RuleDrafts
{
    /// <summary>The rule as it stands; what cannot be read is there to be put right. Empty for a group that people choose the members of.</summary>
    public static RuleDraft Of(GroupState group, CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (group.Membership == Membership.Dynamic)
        {
            var draft = new RuleDraft(vocabulary);
            draft.Type(CriteriaLanguage.Entra, group.Attributes.First(AttributeNames.MembershipRule)!);
            return draft;
        }

        if (group.Membership != Membership.Smart || SmartRules.TextOf(group.Attributes) is not var (text, language))
        {
            return new RuleDraft(vocabulary);
        }

        var reading = CriteriaText.Read(language, text, vocabulary);
        if (SmartRules.Of(group.Attributes, reading) is { } rule)
        {
            return new RuleDraft(vocabulary, rule);
        }

        var broken = new RuleDraft(vocabulary);
        broken.Type(language, text);
        return broken;
    }
}
