using System.Diagnostics;
using System.Globalization;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Benchmarks;

/// <summary>Rules over a million people: the columns over SQLite, growth, memory, and a whole preview.</summary>
internal static class CriteriaBenchmarks
{
    private const int Million = 1_000_000;
    private const int GroupSize = 50_000;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Guid Group = new(0, 8, 8, [8, 8, 8, 8, 8, 8, 8, 8]);

    private static readonly Criterion Seniors = new Criterion.AllOf(
    [
        new Criterion.Compare("department", CompareOperator.Contains, "engineering"), new Criterion.Compare("title", CompareOperator.StartsWith, "senior"),
    ]);

    private static readonly SmartRule FiveClauses = new()
    {
        Criteria = new Criterion.AllOf(
        [
            new Criterion.AnyOf([new Criterion.Compare("department", CompareOperator.Contains, "engineering"), new Criterion.Compare("department", CompareOperator.StartsWith, "research")]),
            new Criterion.Compare("title", CompareOperator.StartsWith, "senior"),
            new Criterion.Present("mail"),
            new Criterion.Not(new Criterion.Compare("displayName", CompareOperator.Contains, "kowalski")),
        ]),
        Text = string.Empty,
        Language = CriteriaLanguage.GroupId,
        StartPaths = [new StartPath("OU=People,DC=demo,DC=local")],
    };

    public static async Task CriteriaAsync()
    {
        await RatioAsync(departments: 40, "at most 0.01");
        await RatioAsync(departments: 4000, "at most 0.02");
        using var few = MillionPeople.Make(Million / 10, departments: 40, withDatabase: false);
        using var many = MillionPeople.Make(Million, departments: 40, withDatabase: false);
        await Comparison.RunAsync(
            "The rule over 1,000,000 people over the same over 100,000", "at most 11", rounds: 25, repeats: 20,
            () => CountAsync(many), () => CountAsync(few), warmUp: 3);
        Memory();
    }

    public static async Task PreviewAsync()
    {
        using var few = MillionPeople.Make(Million / 10, departments: 40, withDatabase: false);
        using var people = MillionPeople.Make(Million, departments: 40, withDatabase: false);
        few.AddGroups(GroupSize / 10, GroupSize / 10);
        people.AddGroups(GroupSize, GroupSize);
        await Comparison.RunAsync(
            $"Preview of five clauses with diff against {GroupSize:N0} members, 1,000,000 people, over the same of a tenth", "at most 11", rounds: 25, repeats: 4,
            () => PreviewAsync(people, FiveClauses), () => PreviewAsync(few, FiveClauses), warmUp: 5);
        Report("Preview of five clauses with diff against 50,000 members, 1,000,000 people, after a change of the people", people, _ => FiveClauses, isTouched: true);
        Report("The same while somebody types, one clause anew each time", people, Typed, isTouched: false);
        await SaveAsync(people.Table);
    }

    private static void Report(string title, MillionPeople people, Func<int, SmartRule> rule, bool isTouched)
    {
        var times = new List<double>();
        var answer = string.Empty;
        for (var round = -10; round < 51; round++)
        {
            if (isTouched)
            {
                people.Touch();
            }

            var watch = Stopwatch.StartNew();
            answer = people.Table.Read(view => Preview(view, rule(round)));
            if (round >= 0)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{title}: median {times[times.Count / 2]:0.00} ms (min {times[0]:0.00}, max {times[^1]:0.00}; {answer})   goal at most 10 ms"));
    }

    private static SmartRule Typed(int round) => FiveClauses with
    {
        Criteria = new Criterion.AllOf(
            [.. FiveClauses.Criteria.Children.Take(3), new Criterion.Not(new Criterion.Compare("displayName", CompareOperator.Contains, "kowalski" + round.ToString(CultureInfo.InvariantCulture)))]),
    };

    private static Task PreviewAsync(MillionPeople people, SmartRule rule)
    {
        people.Touch();
        people.Table.Read(view => Preview(view, rule));
        return Task.CompletedTask;
    }

    private static async Task RatioAsync(int departments, string goal)
    {
        using var people = MillionPeople.Make(Million, departments, withDatabase: true);
        await using var command = people.Database!.CreateCommand();
        command.CommandText = "SELECT count(*) FROM people WHERE department LIKE '%engineering%' AND title LIKE 'senior%'";
        var expected = Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        if (Evaluate(people.Table, Seniors) != expected)
        {
            throw new InvalidOperationException("Both sides were expected to find the same people.");
        }

        await Comparison.RunAsync(
            string.Create(CultureInfo.InvariantCulture, $"department contains engineering and title startsWith senior over SQLite LIKE, 1,000,000 people, {departments} departments, {expected:N0} found"),
            goal, rounds: 15, repeats: 5, () => CountAsync(people), () => command.ExecuteScalarAsync(), warmUp: 3);
    }

    private static Task CountAsync(MillionPeople people)
    {
        people.Touch();
        Evaluate(people.Table, Seniors);
        return Task.CompletedTask;
    }

    private static int Evaluate(ReplicaTable table, Criterion rule) => table.Read(view => view.Evaluate(rule, Now).Count);

    /// <summary>The whole answer as pages and API get it: hash, counts, clauses, guard, lint, chart and the first rows.</summary>
    private static string Preview(ReplicaView view, SmartRule rule)
    {
        var query = new PreviewQuery(rule, Group) { Show = PreviewShow.Joining, Attributes = ["department", "title", "mail"], ChartBy = "department" };
        if (new PreviewReading(view, query, new RecomputeLimits(), 0, false, Now).Read(Now) is not PreviewAnswer.Ok(var preview))
        {
            throw new InvalidOperationException("There is a preview.");
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{preview.Counts.Joining:N0} joining, {preview.Counts.Leaving:N0} leaving, {preview.Counts.Staying:N0} staying, {preview.Clauses.Count} clause counts, {preview.Members.Count} rows, {preview.Chart.Count} bars");
    }

    private static void Memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var people = MillionPeople.Make(Million, departments: 40, withDatabase: false);
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Million;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Memory after a full collection, eight attributes and the kind: {each:0} B for each of 1,000,000 people   goal below 250 B"));
        people.AddGroups(Million, 1000);
        var withGroups = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Million;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    1,000,000 memberships of 1,000 groups besides: {withGroups - each:0.0} B for each"));
        foreach (var column in people.Table.MemoryReport())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {column.Attribute}: {column.Bytes / (double)Million:0.0} B for each ({column.Values:N0} values)"));
        }
    }

    private static async Task SaveAsync(ReplicaTable table)
    {
        await using var stream = new MemoryStream();
        var watch = Stopwatch.StartNew();
        table.Save(stream);
        var saved = watch.Elapsed;
        stream.Position = 0;
        watch.Restart();
        using var loaded = ReplicaTable.Load(stream, table.Vocabulary);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Saving 1,000,000 people, {stream.Length / 1_000_000} MB: {saved.TotalSeconds:0.00} s; loading them: {watch.Elapsed.TotalSeconds:0.00} s   goal a second or two"));
    }
}
