using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Api;
using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>What a rule would do: numbers that open their lists, the guard, what the author would like to know, and why.</summary>
public sealed partial class EffectPanel : IAsyncDisposable
{
    private readonly Guid _export = Guid.NewGuid();
    private IJSObjectReference? _module;
    private ElementReference _element;
    private PickedObject? _tested;
    private PickedObject? _whom;
    private string _account = "";
    private bool _isGone;

    [Inject]
    public required RuleExports Exports { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    [Parameter, EditorRequired]
    public required RuleDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required RuleEffect Effect { get; set; }

    [Parameter, EditorRequired]
    public required RuleSource Source { get; set; }

    [Parameter, EditorRequired]
    public required EffectView View { get; set; }

    [Parameter]
    public EventCallback<EffectView> OnView { get; set; }

    /// <summary>A finding's answer is taken: the whole tree, mended.</summary>
    [Parameter]
    public EventCallback<Criterion> OnFix { get; set; }

    [Parameter]
    public EventCallback OnRefresh { get; set; }

    /// <summary>Entra ID applies the rule: there are no exceptions, and no guard of the portal.</summary>
    [Parameter]
    public bool IsEntras { get; set; }

    /// <summary>Those who would leave stay by exception: the guard has nothing to hold.</summary>
    [Parameter]
    public bool KeepsMembers { get; set; }

    /// <summary>What somebody else says of a person who is tested.</summary>
    [Parameter]
    public RenderFragment<Guid>? SecondOpinion { get; set; }

    [Parameter]
    public string Id { get; set; } = "effect";

    private string ExportPath => RuleDownload.PathOf(_export);

    private string WhyLastGood => (Effect.Current, Draft.Broken) switch
    {
        (null, null) => R["Effect_Unfinished"],
        (null, not null) => R["Effect_Broken"],
        (_, null) => R["Effect_Unfinished_Last"],
        _ => R["Effect_Broken_Last"],
    };

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        Exports.Forget(_export);
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

    protected override async Task OnInitializedAsync() => _account = (await Person.GetAsync()).Account;

    // The link leads to the list as it is seen: whatever is shown can be taken along.
    protected override void OnParametersSet()
    {
        if (Effect.Query is { } query && _account.Length > 0)
        {
            Exports.Keep(_export, new RuleExport(_account, Store.Id, query));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./assets/js/criteria.js");
            if (_isGone)
            {
                // Taken off the page before its script was there.
                await module.DisposeAsync();
                return;
            }

            _module = module;
            await _module.InvokeVoidAsync("boxes", _element);
        }
    }

    private IEnumerable<(PreviewShow Show, int Count, string Sign)> CountsOf(Preview preview)
    {
        var counts = preview.Counts;
        if (Effect.Group is not null)
        {
            yield return (PreviewShow.Joining, counts.Joining, "+");
            yield return (PreviewShow.Leaving, counts.Leaving, "−");
            yield return (PreviewShow.Staying, counts.Staying, "=");
        }

        yield return (PreviewShow.All, counts.Total, "");
        if (!IsEntras)
        {
            yield return (PreviewShow.Excepted, counts.Excepted, "");
        }
    }

    private string Summary(Preview preview) => Effect.Group is null
        ? R["Effect_Said_New", CriteriaWords.Count(preview.Counts.Total)]
        : R["Effect_Said", CriteriaWords.Count(preview.Counts.Joining), CriteriaWords.Count(preview.Counts.Leaving), CriteriaWords.Count(preview.Counts.Staying)];

    private async Task WhyAsync(PreviewMember member)
    {
        (_tested, _whom) = (null, new PickedObject(member.Id, member.Kind, member.Label, ""));
        await FocusAsync();
    }

    private async Task TestAsync(PickedObject one)
    {
        (_tested, _whom) = (one, one);
        await FocusAsync();
    }

    private void CloseWhy() => (_tested, _whom) = (null, null);

    private async Task FocusAsync()
    {
        StateHasChanged();
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("focusById", $"{Id}-why");
        }
    }
}
