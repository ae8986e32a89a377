using GroupPortal.Benchmarks;
using GroupPortal.Benchmarks.ActiveDirectory;
using GroupPortal.Benchmarks.Graph;

// One argument says which figures: each is timed against its raw counterpart, both in turn in one run, because machines
// are shared and noisy and only the ratio means something.
switch (args)
{
    case ["bare", var folder, var people]:
        await BareServer.RunAsync(folder, int.Parse(people, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    case [_, ..]:
        var figures = args.Select(name => name switch
        {
            "static" => StaticBenchmarks.RunAsync,
            "ad" => AdBenchmarks.RunAsync,
            "graph" => GraphBenchmarks.RunAsync,
            "criteria" => CriteriaBenchmarks.CriteriaAsync,
            "preview" => CriteriaBenchmarks.PreviewAsync,
            "keystroke" => KeystrokeBenchmark.RunAsync,
            "recompute" => RecomputeBenchmarks.RunAsync,
            _ => (Func<Task>?)null,
        }).ToList();
        if (figures.Contains(null))
        {
            break;
        }

        foreach (var figure in figures)
        {
            await figure!();
        }

        return 0;
}

await Console.Error.WriteLineAsync("Usage: dotnet run -c Release --project tests/GroupPortal.Benchmarks -- static|ad|graph|criteria|preview|keystroke|recompute …");
return 2;
