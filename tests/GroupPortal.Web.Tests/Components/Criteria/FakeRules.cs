using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Criteria;

namespace GroupPortal.Web.Tests.Components.Criteria;

/// <summary>A preview that a test answers itself; remembers what it was asked.</summary>
internal sealed class FakeRules
{
    public List<(PreviewQuery Query, CancellationToken Cancellation)> Asked { get; } = [];

    public List<IReadOnlyDictionary<string, IReadOnlyList<string>>> WhatIfs { get; } = [];

    /// <summary>Null never answers.</summary>
    public Func<PreviewQuery, PreviewAnswer?> Answer { get; set; } = query => new PreviewAnswer.Ok(Effect(3, query));

    public Func<Guid, IReadOnlyDictionary<string, IReadOnlyList<string>>, Explanation?> Why { get; set; } = (_, _) => null;

    public List<ValueCount> Values { get; } = [new("Engineering", 1204), new("Engineering Services", 12)];

    public RuleSource Source => new()
    {
        Preview = async (query, cancellation) =>
        {
            Asked.Add((query, cancellation));
            if (Answer(query) is { } answer)
            {
                return answer;
            }

            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("Unreachable.");
        },
        Explain = (_, _, id, changed, _) =>
        {
            WhatIfs.Add(changed);
            return Task.FromResult(Why(id, changed));
        },
        Suggest = (_, typed, _) => Task.FromResult<IReadOnlyList<ValueCount>>([.. Values.Where(value => value.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))]),
    };

    public static Preview Effect(int people, PreviewQuery query) => new(
        $"hash {people}",
        new DateTimeOffset(2026, 3, 14, 15, 9, 0, TimeSpan.Zero),
        new PreviewCounts(people, people, 2, 410, 1),
        [.. Clauses(query.Rule.Criteria, "")],
        GuardVerdict.Nothing with { Adds = people },
        [],
        [.. Enumerable.Range(query.Skip, Math.Max(0, Math.Min(query.Take, people - query.Skip))).Select(Member)],
        people,
        [new ChartBar("Engineering", people), new ChartBar(null, 1), new ChartBar(null, 2, IsRest: true)]);

    public static PreviewMember Member(int number) => new(
        new Guid(number + 1, 0, 0, new byte[8]), ObjectKind.User, $"Person {number}", $"CN=Person {number},DC=demo,DC=local", Standing.Joining, IsExcepted: false, IsEnabled: number != 1)
    {
        Values = new Dictionary<string, IReadOnlyList<string>> { ["title"] = [$"Title {number}"] },
    };

    private static IEnumerable<ClauseCount> Clauses(Criterion criterion, string path) =>
        criterion.Children.SelectMany((child, place) => Clauses(child, CriteriaPath.Join(path, place))).Prepend(new ClauseCount(path, "", 1000 + path.Length));
}
