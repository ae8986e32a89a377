using GroupPortal.Core.Criteria;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Criteria;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>Whether one of the two that apply rules in Entra ID can apply the one that is being written. Pure.</summary>
/// <param name="Takes">False also while there is no whole rule to judge.</param>
/// <param name="WhyNot">Why a whole rule is nothing for it, in a sentence.</param>
/// <param name="Loses">The key of what would not count any more, or null.</param>
public sealed record Engine(bool Takes, string? WhyNot = null, string? Loses = null)
{
    private static readonly Engine NoRule = new(Takes: false);

    /// <summary>The portal reads every rule of its languages; only whom the group cannot take is a reason.</summary>
    public static Engine OfPortal(WizardState state, IStringLocalizer<WizardText> texts)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(texts);
        return !IsWhole(state) ? NoRule : WhyNotMembers(state, texts) is { } why ? new Engine(Takes: false, why) : new Engine(Takes: true);
    }

    public static Engine OfEntra(WizardState state, IStringLocalizer<WizardText> texts)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(texts);
        if (!IsWhole(state))
        {
            return NoRule;
        }

        var rule = state.Rule;
        var loses = rule.Include.Count + rule.Exclude.Count > 0
            ? rule.StartPaths.Count > 0 ? "Engine_Loses_Both" : "Engine_Loses_Exceptions"
            : rule.StartPaths.Count > 0 ? "Engine_Loses_Paths" : null;
        if (WhyNotMembers(state, texts) is { } why)
        {
            return new Engine(Takes: false, why, loses);
        }

        if (rule.ObjectTypes is not ([QueryObjectType.Users] or [QueryObjectType.Devices]))
        {
            return new Engine(Takes: false, texts["Engine_Kinds"], loses);
        }

        if (state.Draft.MembershipRule is not { } text)
        {
            return new Engine(Takes: false, rule.Write(CriteriaLanguage.Entra).Problems is [var first, ..] ? first.Message : texts["Engine_Unsaid"], loses);
        }

        return text.Length > CriteriaLimits.EntraRuleLength
            ? new Engine(Takes: false, texts["Engine_TooLong", CriteriaWords.Count(CriteriaLimits.EntraRuleLength), CriteriaWords.Count(text.Length)], loses)
            : new Engine(Takes: true, Loses: loses);
    }

    private static bool IsWhole(WizardState state) => state.Rule is { Rule: not null, IsEmpty: false };

    /// <summary>People only are in Microsoft 365 groups and teams, whoever applies the rule.</summary>
    private static string? WhyNotMembers(WizardState state, IStringLocalizer<WizardText> texts) =>
        state.Draft.EntraType.IsUnified() && state.Rule.ObjectTypes.Any(type => type is not (QueryObjectType.Users or QueryObjectType.MailboxUsers or QueryObjectType.ExternalAddressUsers))
            ? texts["Engine_Unified"].Value
            : null;
}
