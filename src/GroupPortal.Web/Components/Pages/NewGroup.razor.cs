using GroupPortal.Application.Access;
using GroupPortal.Application.Drafts;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Components.Wizard;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Pages;

/// <summary>
/// The wizard: a draft, its steps, a plan, a result. The address carries the draft and, once there is one, the plan, so
/// that a reload resumes where one was. This file knows where one is; NewGroup.Steps.cs knows how to go on.
/// </summary>
public sealed partial class NewGroup : IAsyncDisposable
{
    private const string StorePreference = "store";

    private WizardState? _state;
    private DraftSaver? _saver;
    private GroupDraft? _unfinished;
    private WizardStep _step;
    private WizardStep _reached;
    private bool _isMissing;

    [Inject]
    public required DraftStore Drafts { get; init; }

    [Inject]
    public required GroupReader Reader { get; init; }

    [Inject]
    public required GroupService Groups { get; init; }

    [Inject]
    public required PersonLookup People { get; init; }

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Inject]
    public required CurrentPerson Current { get; init; }

    [Inject]
    public required Preferences Preferences { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter]
    public Guid? DraftId { get; set; }

    /// <summary>The plan that was applied: the page shows its result.</summary>
    [Parameter, SupplyParameterFromQuery]
    public Guid? Plan { get; set; }

    private Crumb[] Way => [new(T["Nav_Groups"], "/groups")];

    private IReadOnlyList<WizardStep> Steps => WizardSteps.For(_result is { } result ? MembershipOf(result.Plan) : _state?.Draft.Membership ?? Membership.Static);

    private HashSet<WizardStep> OpenSteps => _state is null ? [] : [.. _state.Problems.Select(WizardSteps.Of).Where(step => step < _step)];

    public async ValueTask DisposeAsync()
    {
        _checks.Dispose();
        _saver?.Dispose();
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

    protected override async Task OnParametersSetAsync()
    {
        if (Plan is not null)
        {
            (_step, _refusal) = (WizardStep.Result, null);
            return;
        }

        if (DraftId is { } id && _state?.Draft.Id == id)
        {
            if (_step == WizardStep.Result)
            {
                // Back from a failed result, to change something.
                await ShowAsync(WizardStep.Review);
            }

            return;
        }

        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var person = await Current.GetAsync();
        (_state, _unfinished, _isMissing, _plan, _result, _refusal) = (null, null, false, null, null, null);
        (_step, _reached) = (WizardStep.Type, WizardStep.Type);
        _saver?.Dispose();
        _saver = new DraftSaver(Drafts, person, Clock);
        if (DraftId is { } id)
        {
            await ResumeAsync(id, person);
            return;
        }

        _unfinished = await Drafts.LatestAsync(person, CancellationToken.None);
        var state = new WizardState(new GroupDraft { Id = Guid.NewGuid() }, person, Stores);
        if (state.TryUseStore(await RememberedStoreAsync()))
        {
            await OwnAsync(state);
            _state = state;
        }
    }

    private async Task ResumeAsync(Guid id, Person person)
    {
        var saved = await Drafts.LoadAsync(id, person, CancellationToken.None);
        if (saved is null)
        {
            _isMissing = true;
            return;
        }

        var state = new WizardState(saved, person, Stores);
        if (!state.TryUseStore(saved.StoreId))
        {
            // The store is no longer configured; the rest of the draft still is what somebody typed.
            state.TryUseStore(Stores.All[0].Store.Id);
            saved.Step = DraftStep.Type;
        }

        _state = state;
        _saver!.Resume(saved.Saved);
        _step = _reached = state.FirstOpen((WizardStep)saved.Step);
        if (state.NamesToCheck() is not null)
        {
            await CheckNamesAsync(TimeSpan.Zero);
        }
    }

    /// <summary>The store chosen last in this browser, where it is still there; else the first.</summary>
    private async Task<int> RememberedStoreAsync()
    {
        var remembered = await Preferences.GetAsync(StorePreference);
        return int.TryParse(remembered, System.Globalization.CultureInfo.InvariantCulture, out var id) && Stores.TryGet(id, out _)
            ? id
            : Stores.All[0].Store.Id;
    }

    /// <summary>Who creates a group owns it, unless somebody else is named. Where the directory cannot say who that is, the field starts empty.</summary>
    private async Task OwnAsync(WizardState state)
    {
        if (state.Draft.Owners.Count == 0
            && await People.FindAsync(state.Store.Id, state.Person, CancellationToken.None) is DirectoryAnswer<DirectoryObject?>.Ok({ } self))
        {
            state.Draft.Owners = [PickedObject.From(self)];
            state.Refresh();
        }
    }

    private async Task UseStoreAsync(int id)
    {
        if (_state is { } state && id != state.Store.Id && state.TryUseStore(id))
        {
            await OwnAsync(state);
            await Preferences.SetAsync(StorePreference, id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Edited();
        }
    }

    private async Task DiscardUnfinishedAsync()
    {
        if (_unfinished is { } unfinished)
        {
            _unfinished = null;
            await Drafts.DeleteAsync(unfinished.Id, await Current.GetAsync(), CancellationToken.None);
        }
    }
}
