using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Languages;

/// <summary>One case a line: a text, an arrow, what is expected. Lines that begin with # and empty ones are for people.</summary>
internal static class Cases
{
    private const string Arrow = " ⇶ ";

    public static TheoryData<string, string> Of(string table)
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in table.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            var parts = line.Split(Arrow);
            cases.Add(parts[0], parts[1]);
        }

        return cases;
    }

    /// <summary>The tree in canonical GroupID text.</summary>
    public static string Tree(CriteriaReading reading, StoreKind kind)
    {
        Assert.Empty(reading.Problems.Select(problem => problem.Message));
        Assert.NotNull(reading.Root);
        return CriteriaText.Write(CriteriaLanguage.GroupId, reading.Root, CriteriaVocabulary.For(kind)).Text!;
    }

    /// <summary>Problems as <c>Code@start+length(arguments)|expected?suggestion</c>, of expected ones only what is a sign.</summary>
    public static string Problems(CriteriaReading reading)
    {
        Assert.False(reading.IsValid);
        Assert.All(reading.Problems, problem => Assert.DoesNotContain("Criteria.", problem.Message, StringComparison.Ordinal));
        return string.Join(' ', reading.Problems.Select(problem =>
            $"{problem.Code}@{problem.Start}+{problem.Length}"
            + (problem.Arguments.Count == 0 ? string.Empty : $"({string.Join(',', problem.Arguments)})")
            + (problem.Expected is [{ Length: 1 } sign] ? "|" + sign : string.Empty)
            + (problem.Suggestion is { } suggestion ? "?" + suggestion : string.Empty)));
    }
}
