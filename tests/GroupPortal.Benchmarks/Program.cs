using GroupPortal.Benchmarks;
using GroupPortal.Benchmarks.ActiveDirectory;

// One argument says which figures: each is timed against its raw counterpart, both in turn in one run, because machines
// are shared and noisy and only the ratio means something.
switch (args)
{
    case ["static"]:
        await StaticBenchmarks.RunAsync();
        return 0;
    case ["ad"]:
        await AdBenchmarks.RunAsync();
        return 0;
    case ["criteria"]:
        await CriteriaBenchmarks.CriteriaAsync();
        return 0;
    case ["preview"]:
        await CriteriaBenchmarks.PreviewAsync();
        return 0;
    case ["criteria", "preview"]:
        await CriteriaBenchmarks.CriteriaAsync();
        await CriteriaBenchmarks.PreviewAsync();
        return 0;
    case ["bare", var folder, var people]:
        await BareServer.RunAsync(folder, int.Parse(people, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    default:
        await Console.Error.WriteLineAsync("Usage: dotnet run -c Release --project tests/GroupPortal.Benchmarks -- static|ad|criteria|preview");
        return 2;
}
