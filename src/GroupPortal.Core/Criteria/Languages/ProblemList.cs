namespace GroupPortal.Core.Criteria.Languages;

/// <summary>Gathers what is wrong with a text. Beyond <see cref="Maximum"/> nothing is kept: nobody reads so many, and a hostile text would cost their looking up.</summary>
internal sealed class ProblemList
{
    public const int Maximum = 100;

    private readonly List<CriteriaProblem> _problems = [];

    public bool IsFull => _problems.Count >= Maximum;

    /// <summary>By place.</summary>
    public IReadOnlyList<CriteriaProblem> Sorted => [.. _problems.OrderBy(problem => problem.Start)];

    /// <param name="code">As <see cref="CriteriaProblem.Code"/>.</param>
    /// <param name="suggest">What was probably meant; only asked where the problem is kept.</param>
    public void Report(string code, int start, int length, IReadOnlyList<string> arguments, IReadOnlyList<string>? expected = null, Func<string?>? suggest = null)
    {
        if (!IsFull)
        {
            _problems.Add(new CriteriaProblem(code, start, length, [.. arguments.Select(Shortened)]) { Expected = expected ?? [], Suggestion = suggest?.Invoke() });
        }
    }

    /// <summary>A sentence quotes no page of text.</summary>
    private static string Shortened(string argument) => argument.Length <= 80 ? argument : argument[..79] + "…";
}
