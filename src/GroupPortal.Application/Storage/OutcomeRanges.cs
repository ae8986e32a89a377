using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Storage;

/// <summary>Consecutive lines with the same outcome.</summary>
internal sealed record OutcomeRange(int First, int Last, StepStatus Status, DirectoryError? Error);

/// <summary>Outcomes by ranges: a thousand members that went well are one statement.</summary>
internal static class OutcomeRanges
{
    /// <param name="isOpen">Whether a line still awaits its outcome; a range never reaches over such a line.</param>
    public static IReadOnlyList<OutcomeRange> Of(IEnumerable<StepOutcome> outcomes, Func<int, bool> isOpen)
    {
        var ranges = new List<OutcomeRange>();
        foreach (var outcome in outcomes.OrderBy(outcome => outcome.Ordinal))
        {
            if (ranges is [.., var last] && last.Status == outcome.Status && Equals(last.Error, outcome.Error)
                && !Enumerable.Range(last.Last + 1, outcome.Ordinal - last.Last - 1).Any(isOpen))
            {
                ranges[^1] = last with { Last = outcome.Ordinal };
            }
            else
            {
                ranges.Add(new OutcomeRange(outcome.Ordinal, outcome.Ordinal, outcome.Status, outcome.Error));
            }
        }

        return ranges;
    }

    /// <summary>Only lines still Planned are written: what lies within a range and is settled already stays as it is.</summary>
    public static async Task SaveAsync(StateTransaction transaction, Guid planId, IReadOnlyList<OutcomeRange> ranges, CancellationToken cancellation)
    {
        foreach (var (first, last, status, error) in ranges)
        {
            var json = StateJson.WriteOptional(error);
            await transaction.ExecuteAsync(
                $"""
                UPDATE "PlanSteps" SET "Status" = {(int)status}, "HasOutcome" = {true}, "ErrorJson" = {json}
                WHERE "PlanId" = {planId} AND "Ordinal" BETWEEN {first} AND {last} AND "Status" = {(int)StepStatus.Planned}
                """,
                cancellation);
        }
    }
}
