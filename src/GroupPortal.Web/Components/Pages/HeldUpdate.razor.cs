using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Held;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>One held update: whom it would move, why it is held, and the decision of a second person.</summary>
public sealed partial class HeldUpdate : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private (int Store, Guid Id) _shown;
    private IdentityStore? _store;
    private HeldPlan? _held;
    private string? _name;
    private DirectoryAnswer<GroupState?>? _group;
    private AccessDecision? _decision;
    private long? _task;
    private string? _notice;
    private string? _refusal;
    private bool _asked;
    private bool _busy;
    private bool _failed;
    private bool _mayRead;
    private bool _mayDownload;

    [Inject]
    public required HeldPlans Held { get; init; }

    [Inject]
    public required GroupReader Groups { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required HeldNews News { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required ILogger<HeldUpdate> Logger { get; init; }

    [Parameter]
    public int StoreId { get; set; }

    [Parameter]
    public Guid Id { get; set; }

    private IReadOnlyList<Crumb> Crumbs => [new(U["Held_Title"], HeldPaths.List)];

    private GroupState? Known => (_group as DirectoryAnswer<GroupState?>.Ok)?.Value;

    public void Dispose() => _loads.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (StoreId, Id))
        {
            _shown = (StoreId, Id);
            (_held, _name, _group, _decision, _task, _notice, _asked) = (null, null, null, null, null, null, false);
            _store = Choice.Find(StoreId);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var turn = _loads.Next();
        (_failed, _refusal) = (false, null);
        try
        {
            var held = await Held.GetAsync(StoreId, Id, turn);
            var person = await Person.GetAsync();
            (_held, _mayRead, _mayDownload) = (held, held is not null && await Held.MayReadAsync(held, person, turn), held is not null && MayDownload(held, person));
            (_asked, _name) = (true, held?.GroupName ?? _name);
            if (held is null || _task is not null)
            {
                return;
            }

            // The lists are in our own database: they are shown while the directory is asked.
            StateHasChanged();
            _group = await Groups.GetAsync(StoreId, Id, turn);
            _decision = await Held.MayDecideAsync(held, person, turn);
        }
        catch (OperationCanceledException)
        {
            // Another one was asked for, or the page has been left.
        }
        catch (System.Data.Common.DbException exception)
        {
            Logger.LogWarning(exception, "The held update of group {GroupId} could not be read.", Id);
            _failed = true;
        }
    }

    // The file is given to whoever asked for the update, and to those who see everybody's history.
    private static bool MayDownload(HeldPlan held, Person person) =>
        !AccessPolicy.AsksRelation(person.Role) || string.Equals(held.Account, person.Account, StringComparison.OrdinalIgnoreCase);

    private async Task DecideAsync((HeldState Decision, string Reason) wish)
    {
        if (_busy || _held is not { } held)
        {
            return;
        }

        (_busy, _refusal, _notice) = (true, null, null);
        try
        {
            var requester = await Person.AsRequesterAsync();
            // Never the circuit's token: a decision that was begun is not undone by closing the browser.
            var answer = wish.Decision == HeldState.Approved
                ? await Held.ApproveAsync(StoreId, Id, held.Hash, wish.Reason, requester, CancellationToken.None)
                : await Held.RejectAsync(StoreId, Id, held.Hash, wish.Reason, requester, CancellationToken.None);
            await AnswerAsync(answer, held);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task AnswerAsync(DecisionAnswer answer, HeldPlan held)
    {
        switch (answer)
        {
            case DecisionAnswer.Approved(var task):
                _task = task;
                News.Tell();
                break;
            case DecisionAnswer.Rejected:
                await LoadAsync();
                News.Tell();
                break;
            case DecisionAnswer.Changed(var now):
                _notice = U[now.Hash == held.Hash ? "Held_DecidedMeanwhile" : "Held_Changed"];
                await LoadAsync();
                break;
            case DecisionAnswer.NothingHeld:
                _notice = U["Held_NothingHeld"];
                await LoadAsync();
                News.Tell();
                break;
            case DecisionAnswer.ReasonMissing:
                _refusal = U["Decide_Reason_Missing"];
                break;
            case DecisionAnswer.Denied(var decision):
                _refusal = decision.Message;
                break;
            case DecisionAnswer.DirectoryFailed(var error):
                _refusal = error.Message;
                break;
        }
    }

    private async Task FollowAsync(TaskInfo task)
    {
        if (task.State != TaskState.Finished)
        {
            return;
        }

        // What was approved may have become another one; that one is held anew, and shown.
        if (task.Outcome == TaskOutcome.Held)
        {
            (_task, _notice) = (null, U["Held_Again"]);
        }

        await LoadAsync();
        News.Tell();
    }
}
