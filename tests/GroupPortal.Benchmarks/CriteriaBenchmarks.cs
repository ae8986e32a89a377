using System.Diagnostics;
using System.Globalization;
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
            () => CountAsync(many.Table, Seniors), () => CountAsync(few.Table, Seniors), warmUp: 3);
        Memory();
    }

    public static async Task PreviewAsync()
    {
        using var people = MillionPeople.Make(Million, departments: 40, withDatabase: false);
        people.AddGroups(GroupSize, GroupSize);
        var group = new Guid(0, 8, 8, [8, 8, 8, 8, 8, 8, 8, 8]);
        var times = new List<double>();
        var answer = string.Empty;
        for (var round = -10; round < 51; round++)
        {
            var watch = Stopwatch.StartNew();
            answer = people.Table.Read(view => Preview(view, group));
            if (round >= 0)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Preview of five clauses with diff against {GroupSize:N0} members, 1,000,000 people: median {times[times.Count / 2]:0.00} ms (min {times[0]:0.00}, max {times[^1]:0.00}; {answer})   goal at most 10 ms"));
        await SaveAsync(people.Table);
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
            goal, rounds: 15, repeats: 5, () => CountAsync(people.Table, Seniors), () => command.ExecuteScalarAsync(), warmUp: 3);
    }

    private static Task CountAsync(ReplicaTable table, Criterion rule)
    {
        Evaluate(table, rule);
        return Task.CompletedTask;
    }

    private static int Evaluate(ReplicaTable table, Criterion rule) => table.Read(view => view.Evaluate(rule, Now).Count);

    private static string Preview(ReplicaView view, Guid group)
    {
        var rows = view.Select(FiveClauses, group, Now);
        var difference = rows.Against(view.MemberRowsOf(group));
        var (joining, leaving, staying) = (difference.Joining.Count, difference.Leaving.Count, difference.Staying.Count);
        var page = view.Page(difference.Joining, sortBy: null, isDescending: false, skip: 0, take: 50);
        var shown = page.Select(row => (view.LabelOf(row), view.DnOf(row), view.ValuesOf(row, "department"), view.ValuesOf(row, "title"), view.ValuesOf(row, "mail"))).ToList();
        return string.Create(
            CultureInfo.InvariantCulture, $"{joining:N0} joining, {leaving:N0} leaving, {staying:N0} staying, {rows.Clauses.Count} clause counts, {shown.Count} rows");
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
