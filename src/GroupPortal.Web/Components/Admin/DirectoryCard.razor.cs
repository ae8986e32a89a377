using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Directories;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Admin;

/// <summary>One store with its test, which begins when the card is shown and fills in step by step.</summary>
public sealed partial class DirectoryCard : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly List<CheckStep> _steps = [];
    private bool _running;
    private string? _fault;

    [Inject]
    public required ILogger<DirectoryCard> Logger { get; init; }

    [Parameter, EditorRequired]
    public required CheckedStore One { get; set; }

    private string TitleId => FormattableString.Invariant($"directory-{One.Store.Id}");

    /// <summary>The steps by what they are about, in the order in which they came.</summary>
    private IEnumerable<(string? Subject, IReadOnlyList<CheckStep> Steps)> Parts =>
        _steps.GroupBy(step => step.Subject ?? string.Empty).Select(part => (part.First().Subject, (IReadOnlyList<CheckStep>)[.. part]));

    private (Tone Tone, string Icon, string Text) Verdict =>
        _running ? (Tone.Neutral, "clock", P["Directories_Verdict_Testing"])
        : _fault is not null || _steps.Any(step => step.Status == CheckStatus.Failed) ? (Tone.Negative, "alert", P["Directories_Verdict_Failed"])
        : _steps.Any(step => step.Status == CheckStatus.Warning) ? (Tone.Caution, "alert", P["Directories_Verdict_Warning"])
        : (Tone.Positive, "check", P["Directories_Verdict_Ok"]);

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (One.Run is not null)
        {
            await RunAsync();
        }
    }

    private static string IconOf(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "check",
        CheckStatus.Warning => "info",
        CheckStatus.Failed => "cross",
        _ => "minus",
    };

    private async Task RunAsync()
    {
        _steps.Clear();
        (_running, _fault) = (true, null);
        var gone = _gone.Token;
        try
        {
            await foreach (var step in One.Run!(gone))
            {
                _steps.Add(step);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A test that breaks is a finding as well; the page stays.
            Logger.LogError(exception, "The check of {Store} broke off.", One.Store.Name);
            _fault = exception.GetType().Name;
        }

        _running = false;
    }
}
