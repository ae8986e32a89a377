using GroupPortal.Application.Groups;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Results;

/// <summary>Why a plan was not begun, in a sentence that says that nothing was written.</summary>
internal static class Refusals
{
    public static string RefusalOf(this IStringLocalizer<PagesText> texts, ApplyAnswer answer) => answer switch
    {
        ApplyAnswer.PlanUnknown => texts["Refusal_PlanUnknown"],
        ApplyAnswer.NotYours => texts["Refusal_NotYours"],
        ApplyAnswer.Expired => texts["Refusal_Expired"],
        ApplyAnswer.NotApplicable refused => texts["Refusal_NotApplicable", string.Join(' ', refused.Problems.Select(problem => problem.Message))],
        ApplyAnswer.NeedsConfirmation => texts["Refusal_NeedsConfirmation"],
        ApplyAnswer.Denied denied => denied.Decision.Message,
        ApplyAnswer.PreviewChanged => texts["Refusal_PreviewChanged"],
        ApplyAnswer.DirectoryFailed failed => texts["Refusal_Directory", failed.Error.Message],
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, message: null),
    };
}
