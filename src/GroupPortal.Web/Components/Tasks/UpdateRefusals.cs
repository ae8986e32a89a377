using GroupPortal.Application.SmartGroups;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Tasks;

/// <summary>Why an update was not started, in words.</summary>
internal static class UpdateRefusals
{
    /// <summary>Null when it was started.</summary>
    public static string? RefusalOf(this IStringLocalizer<UpdateText> texts, UpdateAnswer answer) => answer switch
    {
        UpdateAnswer.Started => null,
        UpdateAnswer.GroupUnknown => texts["Update_GroupUnknown"],
        UpdateAnswer.NotSmart => texts["Update_NotSmart"],
        UpdateAnswer.Denied(var decision) => decision.Message,
        UpdateAnswer.DirectoryFailed(var error) => error.Message,
        _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
    };
}
