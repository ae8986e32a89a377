using GroupPortal.Application.Groups;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Results;

/// <summary>A plan, and what became of it, in one sentence with numbers.</summary>
internal static class PlanSummary
{
    /// <summary>"12 join, 3 leave, 2 attributes change" before; "3 of 4 done, 1 refused" from the moment it runs.</summary>
    public static string Sentence(this IStringLocalizer<PagesText> texts, IReadOnlyList<PlanRow> rows, PlanState state)
    {
        var counts = StatusCounts.Of(rows.Select(row => row.Status));
        return state == PlanState.Planned
            ? Sentence(texts, counts, Wishes(texts, rows.Where(row => row.Step.IsWritten).Select(row => row.Step)))
            : Sentence(texts, counts);
    }

    /// <summary>How far a plan is, from its counts alone.</summary>
    public static string Sentence(this IStringLocalizer<PagesText> texts, StatusCounts counts, IEnumerable<string>? wishes = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var parts = new List<string>();
        if (wishes is not null)
        {
            parts.AddRange(wishes);
            Add(Of(RowStanding.Refused), "Sum_Impossible");
        }
        else
        {
            var asked = counts.Total - Of(RowStanding.NothingToDo);
            if (asked > 0)
            {
                parts.Add(texts["Sum_Done", RowStandings.Count(Of(RowStanding.Applied)), RowStandings.Count(asked)]);
            }

            Add(Of(RowStanding.Refused), "Sum_Refused");
            Add(Of(RowStanding.Unknown), "Sum_Unknown");
            Add(Of(RowStanding.Open), "Sum_NotAttempted");
            Add(Of(RowStanding.Waiting), "Sum_Waiting");
        }

        Add(Of(RowStanding.NothingToDo), "Sum_NothingToDo");
        return parts.Count == 0 ? texts["Sum_Empty"] : string.Join(", ", parts);

        int Of(RowStanding standing) => counts.ByStatus.Where(pair => RowStandings.Of(pair.Key) == standing).Sum(pair => pair.Value);

        void Add(int count, string key)
        {
            if (count > 0)
            {
                parts.Add(texts.Counted(key, count));
            }
        }
    }

    /// <summary>The apply button's words: it repeats the number of lines that would be written.</summary>
    public static string ApplyWords(this IStringLocalizer<PagesText> texts, GroupPlan plan) =>
        plan.Kind is PlanKind.Delete or PlanKind.Restore ? texts[$"Apply_{plan.Kind}"] : texts.Counted("Apply", plan.WriteCount);

    /// <summary>What a head of members or owners says of its lines: "998 applied, 2 refused".</summary>
    public static string ListWords(this IStringLocalizer<PagesText> texts, IReadOnlyList<PlanRow> rows, PlanState state)
    {
        var groups = rows.CountBy(row => row.Status).OrderBy(pair => pair.Key).ToList();
        return groups is [var (status, count)]
            ? count == 1 ? texts.StatusWord(status, state) : texts["Status_Count", RowStandings.Count(count), Lower(texts.StatusWord(status, state))]
            : string.Join(", ", groups.Select(pair => texts["Status_Count", RowStandings.Count(pair.Value), Lower(texts.StatusWord(pair.Key, state))].Value));
    }

    private static IEnumerable<string> Wishes(IStringLocalizer<PagesText> texts, IEnumerable<PlanStep> steps)
    {
        foreach (var (key, count) in steps.CountBy(WishOf).OrderBy(pair => Array.IndexOf(Order, pair.Key)))
        {
            yield return texts.Counted(key, count);
        }
    }

    private static readonly string[] Order = ["Wish_Create", "Wish_Delete", "Wish_Restore", "Wish_Join", "Wish_Leave", "Wish_Owner", "Wish_Attribute"];

    private static string WishOf(PlanStep step) => step switch
    {
        { Action: PlanAction.Create } => "Wish_Create",
        { Action: PlanAction.Delete } => "Wish_Delete",
        { Action: PlanAction.Restore } => "Wish_Restore",
        { Path: AttributeNames.Members, Action: PlanAction.Add } => "Wish_Join",
        { Path: AttributeNames.Members } => "Wish_Leave",
        { Path: AttributeNames.Owners or AttributeNames.ManagedBy or AttributeNames.AdditionalOwners } => "Wish_Owner",
        _ => "Wish_Attribute",
    };

    // Words of the resources stand at the beginning of a sentence; within one they are small. They are English whatever
    // the person's culture: a Turkish one would make "ın progress".
    private static string Lower(string word) => word.Length == 0 ? word : char.ToLowerInvariant(word[0]) + word[1..];
}
