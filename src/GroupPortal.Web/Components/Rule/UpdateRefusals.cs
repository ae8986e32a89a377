using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Resources;

namespace GroupPortal.Web.Components.Rule;

/// <summary>Why an update was not begun, in a sentence.</summary>
internal static class UpdateRefusals
{
    public static string Of(UpdateAnswer answer) => answer switch
    {
        UpdateAnswer.Denied(var decision) => decision.Message,
        UpdateAnswer.DirectoryFailed(var error) => error.Message,
        UpdateAnswer.NotSmart => Texts.Format("Task.NotSmart"),
        UpdateAnswer.GroupUnknown => Texts.Format("Task.GroupGone"),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, message: null),
    };
}
