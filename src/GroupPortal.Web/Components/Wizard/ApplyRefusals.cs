using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>Why a plan was not started, in words: what stands now, and what to do.</summary>
public static class ApplyRefusals
{
    public static string Refusal(this IStringLocalizer<WizardText> texts, ApplyAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return answer switch
        {
            ApplyAnswer.Denied(var decision) => decision.Message,
            ApplyAnswer.DirectoryFailed(var error) => texts["Apply_DirectoryFailed", error.Message],
            ApplyAnswer.NotApplicable(var problems) => texts["Apply_NotApplicable", problems.Count > 0 ? problems[0].Message : ""],
            ApplyAnswer.NeedsConfirmation => texts["Apply_Held"],
            ApplyAnswer.PlanUnknown or ApplyAnswer.NotYours => texts["Apply_Unknown"],
            ApplyAnswer.Expired => texts["Apply_Expired"],
            ApplyAnswer.PreviewChanged(var now) => texts["Apply_PreviewChanged", now.Counts.Joining.ToString("N0", CultureInfo.CurrentCulture)],
            _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, message: null),
        };
    }
}
