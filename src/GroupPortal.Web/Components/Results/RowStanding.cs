using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Results;

/// <summary>How lines stand, for people: what they filter by and count.</summary>
public enum RowStanding
{
    ToDo,

    /// <summary>For something that comes later by itself.</summary>
    Waiting,
    Applied,
    Refused,
    NothingToDo,
    Open,
    Unknown,
}

internal static class RowStandings
{
    public static RowStanding Of(StepStatus status) => status switch
    {
        StepStatus.Planned => RowStanding.ToDo,
        StepStatus.Waiting => RowStanding.Waiting,
        StepStatus.Done or StepStatus.Partly => RowStanding.Applied,
        StepStatus.Failed => RowStanding.Refused,
        StepStatus.NoChange => RowStanding.NothingToDo,
        StepStatus.NotAttempted or StepStatus.Cancelled => RowStanding.Open,
        StepStatus.Unknown => RowStanding.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>The colour and the icon of a status; the word beside them comes from <see cref="StatusWord"/>.</summary>
    public static (Tone Tone, string Icon) Look(StepStatus status) => status switch
    {
        StepStatus.Planned => (Tone.Accent, "arrow-right"),
        StepStatus.Done => (Tone.Positive, "check"),
        StepStatus.NoChange => (Tone.Neutral, "equals"),
        StepStatus.Failed => (Tone.Negative, "cross"),
        StepStatus.Partly => (Tone.Caution, "alert"),
        StepStatus.Waiting => (Tone.Caution, "clock"),
        StepStatus.Unknown => (Tone.Caution, "alert"),
        StepStatus.Cancelled or StepStatus.NotAttempted => (Tone.Neutral, "minus"),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>A planned line has its turn still to come once the plan is running.</summary>
    public static string StatusWord(this IStringLocalizer<PagesText> texts, StepStatus status, PlanState state) =>
        texts[status == StepStatus.Planned && state == PlanState.Running ? "Status_Running" : $"Status_{status}"];

    /// <summary>Why a line stands as it does; of one that waits also what for.</summary>
    public static string? MessageOf(this IStringLocalizer<PagesText> texts, PlanRow row) =>
        row.Message ?? (row.Status == StepStatus.Waiting && row.Step.KeptBy == KeptBy.Teams ? texts["Waiting_Team"].Value : null);

    /// <summary>A whole number as the person's language groups it.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A sentence with a count in it, in singular or plural.</summary>
    public static string Counted(this IStringLocalizer<PagesText> texts, string key, long count) =>
        texts[count == 1 ? key + "_One" : key, Count(count)];
}
