using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.Directories;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>A rule beside its effect: whatever is typed at the left is seen at the right a moment later.</summary>
public sealed partial class RuleWorkbench : IDisposable
{
    private RuleEffect _effect = null!;
    private EffectView _view = new();

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    [Parameter, EditorRequired]
    public required RuleDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required RuleSource Source { get; set; }

    /// <summary>Whose members the rule would change; null for a group that is not there yet.</summary>
    [Parameter]
    public Guid? Group { get; set; }

    /// <summary>The draft, or what is known of its effect, has changed; the effect is null while it is not that of the draft.</summary>
    [Parameter]
    public EventCallback<Preview?> OnEffect { get; set; }

    /// <summary>Entra ID applies the rule: it looks everywhere, and makes no exception.</summary>
    [Parameter]
    public bool IsEntras { get; set; }

    /// <summary>Of a group that becomes smart: those whom the rule misses stay by exception.</summary>
    [Parameter]
    public bool KeepsMembers { get; set; }

    [Parameter]
    public string Id { get; set; } = "bench";

    // A finding about an older tree points at the wrong line.
    private IReadOnlyList<LintFinding> LintOfThisTree => _effect is { Current: { } preview, Query: { } query } && query.Rule.Criteria.Equals(Draft.Tree) ? preview.Lint : [];

    public void Dispose() => _effect.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _effect = new RuleEffect((query, cancellation) => Source.Preview(query, cancellation), Clock, () => InvokeAsync(DrawAsync)) { Group = Group };
        _view = EffectColumns.Default(Draft.Vocabulary) with { Show = Group is null ? PreviewShow.All : PreviewShow.Joining };
        await ShowAsync(isTyping: false);
    }

    // Not awaited by whoever edits: the answer draws itself, and nobody's typing waits for it.
    private Task ShowAsync(bool isTyping = true)
    {
        _ = _effect.ShowAsync(IsEntras ? Draft.Rule is { } rule ? rule with { StartPaths = [], Include = [], Exclude = [] } : null : Draft.Rule, _view, isTyping);
        return Task.CompletedTask;
    }

    private Task LookAsync(EffectView view)
    {
        _view = view;
        return ShowAsync(isTyping: false);
    }

    private Task FixAsync(Criterion mended)
    {
        Draft.Edit(mended);
        return ShowAsync(isTyping: false);
    }

    private async Task DrawAsync()
    {
        StateHasChanged();
        await OnEffect.InvokeAsync(_effect is { IsStale: false, IsOfLastGood: false, Error: null } ? _effect.Current : null);
    }
}
