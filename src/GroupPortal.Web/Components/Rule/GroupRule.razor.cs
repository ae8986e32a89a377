using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Criteria;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Components.Tasks;
using GroupPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Rule;

/// <summary>
/// Who decides the members, and how: the rule in words, what it would do today, when it runs and ran; and the ways to change
/// all that. Every change goes by plan and apply, as any other of the group.
/// </summary>
public sealed partial class GroupRule : IDisposable
{
    private const int Runs = 10;

    private readonly CancellationTokenSource _left = new();
    private RuleDraft _draft = null!;
    private RuleSource _source = null!;
    private RuleEffect? _effect;
    private EffectView _view = new();
    private RuleSchedule? _schedule;
    private HeldPlan? _held;
    private Page<TaskInfo>? _runs;
    private long? _task;
    private string? _refusal;
    private bool _starting;
    private bool _isRunning;

    [Inject]
    public required PreviewService Previews { get; init; }

    [Inject]
    public required SmartUpdates Updates { get; init; }

    [Inject]
    public required HeldPlans Held { get; init; }

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required IStringLocalizer<UpdateText> U { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    /// <summary>The rule is being written.</summary>
    [Parameter]
    public bool IsEditing { get; set; }

    /// <summary>Who is to apply the rule that is written, where it is somebody else than now; see <see cref="RulePaths"/>.</summary>
    [Parameter]
    public string? By { get; set; }

    [Parameter]
    public EventCallback<RuleWish> OnWish { get; set; }

    [Parameter]
    public EventCallback OnStopEditing { get; set; }

    /// <summary>Members came or went: what the page shows of the group is old.</summary>
    [Parameter]
    public EventCallback OnUpdated { get; set; }

    /// <summary>Entra ID applies the rule that is being written.</summary>
    private bool IsEntras => View.Group.Membership == Membership.Dynamic ? By != RulePaths.Portal : By == RulePaths.Entra && MayGive;

    /// <summary>Whether Entra ID could take the members over: of its own groups that are neither distribution groups nor its already.</summary>
    private bool MayGive => View.Store.Kind == StoreKind.EntraId && View.Group.Membership != Membership.Dynamic && View.Group.GroupType != (int)EntraGroupType.Distribution;

    /// <summary>As it is stored; null where people choose the members.</summary>
    private (string Text, CriteriaLanguage Language)? Text => View.Group.Membership == Membership.Dynamic
        ? (View.Group.Attributes.First(AttributeNames.MembershipRule)!, CriteriaLanguage.Entra)
        : SmartRules.TextOf(View.Group.Attributes);

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        _effect?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var vocabulary = Stores.TryGet(View.Store.Id, out var directory) ? directory.Vocabulary : CriteriaVocabulary.For(View.Store.Kind);
        _draft = RuleDrafts.Of(View.Group, vocabulary);
        _source = RuleSource.Of(Previews, View.Store.Id, View.Person.Role);
        _view = EffectColumns.Default(vocabulary) with { Show = PreviewShow.Joining };
        if (IsEditing || View.Group.Membership == Membership.Static)
        {
            return;
        }

        if (_draft.Rule is not null)
        {
            _effect = new RuleEffect((query, cancellation) => _source.Preview(query, cancellation), Clock, () => InvokeAsync(StateHasChanged)) { Group = View.Group.Id };
            _ = ShowFirstAsync();
        }

        try
        {
            await LoadRunsAsync(Runs);
            // Whoever comes while it runs sees it run.
            _task = _runs?.Items.FirstOrDefault(task => task.State != TaskState.Finished)?.Id;
            _isRunning = _task is not null;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page has been left.
        }
    }

    /// <summary>Opens the list that says most: who joins, else who leaves, else everybody.</summary>
    private async Task ShowFirstAsync()
    {
        await ShowAsync();
        if (_effect!.Current is { Counts: { Joining: 0 } counts })
        {
            await LookAsync(_view with { Show = counts.Leaving > 0 ? PreviewShow.Leaving : PreviewShow.All });
        }
    }

    private Task ShowAsync() => _effect!.ShowAsync(_draft.Rule, _view, isTyping: false);

    private Task LookAsync(EffectView view)
    {
        _view = view;
        return ShowAsync();
    }

    private async Task LoadRunsAsync(int take)
    {
        if (View.Group.Membership == Membership.Smart)
        {
            _held = await Held.GetAsync(View.Store.Id, View.Group.Id, _left.Token) is { State: HeldState.Open } held ? held : null;
            _runs = await Updates.RecentAsync(View.Store.Id, View.Group.Id, account: null, 0, take, _left.Token);
        }
    }

    private Task MoreRunsAsync() => LoadRunsAsync(_runs!.Items.Count + 50);

    private async Task UpdateAsync()
    {
        if (_starting || _isRunning)
        {
            return;
        }

        (_starting, _refusal) = (true, null);
        try
        {
            // Never the circuit's token: what was asked for is begun even when the page is closed now.
            var answer = (await Updates.StartAsync(View.Store.Id, [View.Group.Id], await Person.AsRequesterAsync(), CancellationToken.None))[0];
            _refusal = U.RefusalOf(answer);
            if (answer is UpdateAnswer.Started(var task, _))
            {
                (_task, _isRunning) = (task, true);
            }
        }
        finally
        {
            _starting = false;
        }
    }

    private async Task FollowAsync(TaskInfo task)
    {
        if (task.State != TaskState.Finished || !_isRunning)
        {
            return;
        }

        _isRunning = false;
        await LoadRunsAsync(Math.Max(Runs, _runs?.Items.Count ?? 0));
        if (_schedule is not null)
        {
            await _schedule.LoadAsync();
        }

        if (_effect is not null)
        {
            _ = ShowAsync();
        }

        if (task.Adds + task.Removes > 0 && task.Outcome is TaskOutcome.Applied or TaskOutcome.Partly)
        {
            await OnUpdated.InvokeAsync();
        }
    }
}
