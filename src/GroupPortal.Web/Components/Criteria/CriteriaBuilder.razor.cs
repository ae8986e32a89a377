using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.Directories;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>
/// A rule as lines that are filled in: nested groups and conditions, by mouse and by keyboard alone. It holds no tree of its
/// own: every edit is told, and what it shows is what it is given.
/// </summary>
public sealed partial class CriteriaBuilder : IAsyncDisposable
{
    private BuilderContext _context = null!;
    private DotNetObjectReference<CriteriaBuilder>? _self;
    private bool _isGone;
    private IJSObjectReference? _module;
    private ElementReference _element;
    private string? _focus;
    private string? _refusal;
    private string _announcement = "";

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    [Parameter, EditorRequired]
    public required CriteriaVocabulary Vocabulary { get; set; }

    /// <summary>A group (<see cref="CriteriaEdit.Rooted"/>).</summary>
    [Parameter, EditorRequired]
    public required Criterion Root { get; set; }

    /// <summary>Takes an edit with the key of its undo step; false when the rule would be too large.</summary>
    [Parameter, EditorRequired]
    public required Func<Criterion, string?, Task<bool>> OnEdit { get; set; }

    /// <summary>People each clause matches, by the paths of <see cref="CriteriaEdit.Plain"/>; null before the first effect.</summary>
    [Parameter]
    public IReadOnlyList<ClauseCount>? Counts { get; set; }

    [Parameter]
    public bool CountsAreStale { get; set; }

    [Parameter]
    public IReadOnlyList<LintFinding> Lint { get; set; } = [];

    [Parameter]
    public Func<string, string, CancellationToken, Task<IReadOnlyList<ValueCount>>>? Suggest { get; set; }

    [Parameter]
    public bool CanUndo { get; set; }

    [Parameter]
    public bool CanRedo { get; set; }

    [Parameter]
    public EventCallback OnUndo { get; set; }

    [Parameter]
    public EventCallback OnRedo { get; set; }

    [Parameter]
    public string Id { get; set; } = "builder";

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        _self?.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone, and the module with it.
            }
        }
    }

    /// <summary>Told by the browser: a clause was dropped. Paths come from the page, hence may be out of date.</summary>
    [JSInvokable]
    public async Task DropAsync(string path, string group, int place)
    {
        if (CriteriaEdit.Find(Root, path) is not null && CriteriaEdit.Find(Root, group) is { } target && GroupModes.IsGroup(target))
        {
            await MoveAsync(CriteriaEdit.Move(Root, path, group, place));
            StateHasChanged();
        }
    }

    protected override void OnInitialized() => _context = new BuilderContext(Store, Vocabulary, Id, ApplyAsync, MoveAsync, Toggle);

    protected override void OnParametersSet()
    {
        _context.Root = Root;
        _context.Lint = Lint;
        _context.CountsAreStale = CountsAreStale;
        _context.Selected.RemoveWhere(path => CriteriaEdit.Find(Root, path) is null);
        if (Suggest is not null)
        {
            _context.Suggest = Suggest;
        }

        // A root of one part is not in the rule itself: its paths there are one step shorter.
        var isWrapped = !ReferenceEquals(CriteriaEdit.Plain(Root), Root);
        _context.Counts = (Counts ?? []).DistinctBy(count => count.Path).ToDictionary(
            count => isWrapped ? (count.Path.Length == 0 ? "0" : "0." + count.Path) : count.Path, count => count.Count, StringComparer.Ordinal);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./assets/js/criteria.js");
            if (_isGone)
            {
                // Taken off the page before its script was there.
                await module.DisposeAsync();
                return;
            }

            _module = module;
            await _module.InvokeVoidAsync("attach", _element, _self);
        }

        if (_focus is { } path && _module is not null)
        {
            _focus = null;
            await _module.InvokeVoidAsync("focusClause", _element, path);
        }
    }

    private async Task ApplyAsync(Edited edited, string? key, bool focus)
    {
        if (!await OnEdit(edited.Tree, key))
        {
            _refusal = R["Builder_TooLarge", CriteriaLimits.Terms, CriteriaLimits.Depth];
            StateHasChanged();
            return;
        }

        _refusal = null;
        if (focus)
        {
            // The edited tree may have been shown already: the focus follows a rendering of its own.
            _focus = edited.Path;
            StateHasChanged();
        }

        if (!key?.StartsWith("value", StringComparison.Ordinal) ?? true)
        {
            // Paths have moved on, and what was chosen with them.
            _context.Selected.Clear();
        }
    }

    private void Toggle(string path)
    {
        if (!_context.Selected.Remove(path))
        {
            _context.Selected.Add(path);
        }

        StateHasChanged();
    }

    private void Unselect() => _context.Selected.Clear();

    private Task GroupAsync(GroupMode mode) => ApplyAsync(CriteriaEdit.Group(Root, _context.Selected, mode), null, focus: true);

    private async Task RemoveSelectedAsync()
    {
        // From the last on, and what stands in another chosen one goes with it: the paths before stay true.
        var paths = _context.Selected.Where(path => !_context.Selected.Any(above => above != path && CriteriaPath.IsAtOrUnder(path, above)))
            .OrderByDescending(path => path, Comparer<string>.Create(ComparePaths)).ToList();
        var edited = new Edited(Root, "");
        foreach (var path in paths.Where(path => CriteriaEdit.Find(edited.Tree, path) is not null))
        {
            edited = CriteriaEdit.Remove(edited.Tree, path);
        }

        await ApplyAsync(edited, null, focus: true);
    }

    private static int ComparePaths(string? left, string? right)
    {
        var (one, other) = (CriteriaPath.Steps(left!), CriteriaPath.Steps(right!));
        var differs = one.Zip(other).Select(pair => pair.First.CompareTo(pair.Second)).FirstOrDefault(order => order != 0);
        return differs != 0 ? differs : one.Count.CompareTo(other.Count);
    }

    private Task KeyAsync(KeyboardEventArgs key) => key switch
    {
        { CtrlKey: true, ShiftKey: false, Key: "z" or "Z" } or { MetaKey: true, ShiftKey: false, Key: "z" or "Z" } => CanUndo ? OnUndo.InvokeAsync() : Task.CompletedTask,
        { CtrlKey: true, Key: "y" or "Y" or "z" or "Z" } or { MetaKey: true, ShiftKey: true, Key: "z" or "Z" } => CanRedo ? OnRedo.InvokeAsync() : Task.CompletedTask,
        _ => Task.CompletedTask,
    };

    /// <summary>A move, said aloud: it changes nothing that a screen reader would notice.</summary>
    private Task MoveAsync(Edited edited)
    {
        if (ReferenceEquals(edited.Tree, Root))
        {
            _announcement = R["Builder_CannotMove"];
            StateHasChanged();
            return Task.CompletedTask;
        }

        var (_, place) = CriteriaEdit.PlaceOf(edited.Tree, edited.Path)!.Value;
        _announcement = R["Builder_Moved", place + 1];
        return ApplyAsync(edited, null, focus: true);
    }
}
