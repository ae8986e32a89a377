using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>Why somebody is in or out, clause by clause with his own values; and what would be, had he others.</summary>
public sealed partial class WhyPanel : IDisposable
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(120);
    private readonly CancellationSeries _turns = new();
    private readonly Dictionary<string, string> _typed = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<string>> _changed = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<(string Name, IReadOnlyList<string> Values)> _values = [];
    private Explanation? _answer;
    private (SmartRule Rule, string? Version)? _of;
    private bool _asked;
    private bool _isBusy;

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public required CriteriaVocabulary Vocabulary { get; set; }

    /// <summary>The rule whose effect is shown.</summary>
    [Parameter, EditorRequired]
    public required SmartRule Rule { get; set; }

    /// <summary>The group of the rule; null for one that does not exist yet.</summary>
    [Parameter]
    public Guid? Group { get; set; }

    [Parameter, EditorRequired]
    public Guid Who { get; set; }

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter, EditorRequired]
    public required RuleSource Source { get; set; }

    /// <summary>Of the data: another one asks anew.</summary>
    [Parameter]
    public string? Version { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    [Parameter]
    public string Id { get; set; } = "why";

    public void Dispose() => _turns.Dispose();

    protected override Task OnParametersSetAsync()
    {
        if (_of is { } of && ReferenceEquals(of.Rule, Rule) && of.Version == Version)
        {
            return Task.CompletedTask;
        }

        _of = (Rule, Version);
        return AskAsync(TimeSpan.Zero);
    }

    private async Task AskAsync(TimeSpan delay)
    {
        var turn = _turns.Next();
        _isBusy = true;
        try
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, Clock, turn);
            }

            var answer = await Source.Explain(Rule, Group, Who, new Dictionary<string, IReadOnlyList<string>>(_changed, StringComparer.OrdinalIgnoreCase), turn);
            if (turn.IsCancellationRequested)
            {
                return;
            }

            (_answer, _asked, _isBusy) = (answer, true, false);
            if (answer is not null)
            {
                // His own values; those that somebody changed for the question are remembered beside them.
                var before = _values.ToDictionary(one => one.Name, one => one.Values, StringComparer.OrdinalIgnoreCase);
                _values = [.. Asked(answer.Criteria).DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
                    .Select(one => (one.Name, _changed.ContainsKey(one.Name) && before.TryGetValue(one.Name, out var own) ? own : one.Values))];
            }
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            // The next letter, or the end of the panel.
        }
    }

    private IEnumerable<(string Name, IReadOnlyList<string> Values)> Asked(ClauseVerdict verdict)
    {
        var name = CriteriaEdit.Find(Rule.Criteria, verdict.Path) switch
        {
            Criterion.Compare compare => compare.Attribute,
            Criterion.Present present => present.Attribute,
            _ => null,
        };
        return name is not null && verdict.Values is { } values ? [(name, values)] : verdict.Parts.SelectMany(Asked);
    }

    private async Task<IReadOnlyList<ComboOption>> FindAsync(string attribute, string typed, CancellationToken cancellation) =>
        [.. (await Source.Suggest(attribute, typed, cancellation)).Select(value => new ComboOption(value.Value, value.Value, CriteriaWords.Count(value.Count)))];

    // An empty line is "no value". More than one are parted by semicolons, as they are shown.
    private Task ChangeAsync(string name, string text)
    {
        _typed[name] = text;
        _changed[name] = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return AskAsync(Debounce);
    }

    private Task ResetAsync()
    {
        _typed.Clear();
        _changed.Clear();
        return AskAsync(TimeSpan.Zero);
    }
}
