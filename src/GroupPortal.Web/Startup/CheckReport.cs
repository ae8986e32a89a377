using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Startup;

/// <summary>The steps of a check as lines of a console, in columns.</summary>
internal sealed class CheckReport
{
    private const int NameWidth = 27;
    private static readonly string Indent = new(' ', 11);
    private string? _subject;
    private bool _begun;

    /// <summary>Whether any step failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The lines of one step, which comes after all those before it.</summary>
    public IEnumerable<string> LinesOf(CheckStep step)
    {
        HasFailed |= step.Status == CheckStatus.Failed;
        if (!_begun || step.Subject != _subject)
        {
            (_begun, _subject) = (true, step.Subject);
            yield return $"  {step.Subject ?? "the directory"}";
        }

        yield return $"    {WordOf(step.Status),-7}{step.Name.PadRight(NameWidth)} {step.Found}";
        if (step.Advice is { } advice)
        {
            yield return $"{Indent}{new string(' ', NameWidth)} → {advice}";
        }

        if (step.ServerText is { Length: > 0 } said && step.Status != CheckStatus.Ok)
        {
            yield return $"{Indent}{new string(' ', NameWidth)}   server: {OneLine(said)}";
        }
    }

    private static string WordOf(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Warning => "note",
        CheckStatus.Failed => "FAILED",
        CheckStatus.Skipped => "-",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    // What a server says must not look like lines of ours, nor steer the terminal.
    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
}
