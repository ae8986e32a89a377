using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Rule;

/// <summary>How far Entra ID is with the rule of a group, asked when somebody looks, and the wish that it does it again.</summary>
public sealed partial class RuleProgress : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private DirectoryAnswer<Core.Directories.Tenants.RuleProcessing?>? _answer;
    private (string Message, string? Details)? _refusal;
    private bool _isBusy;
    private bool _isUpdating;
    private bool _isUpdated;

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    /// <summary>The rule was sent again: what the page shows of the group is old.</summary>
    [Parameter]
    public EventCallback OnUpdated { get; set; }

    public void Dispose() => _loads.Dispose();

    protected override Task OnInitializedAsync() => LoadAsync();

    private static (Tone Tone, string Icon) LookOf(RuleProcessingStatus status) => status switch
    {
        RuleProcessingStatus.Succeeded => (Tone.Positive, "check"),
        RuleProcessingStatus.Running => (Tone.Accent, "refresh"),
        RuleProcessingStatus.Failed => (Tone.Negative, "alert"),
        RuleProcessingStatus.NotStarted => (Tone.Neutral, "clock"),
        _ => (Tone.Neutral, "info"),
    };

    private async Task LoadAsync()
    {
        _isBusy = true;
        var turn = _loads.Next();
        try
        {
            _answer = await Tenants.ProcessingAsync(View.Store.Id, View.Group.Id, turn);
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            // The tab has been left.
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task UpdateAsync()
    {
        if (_isBusy)
        {
            return;
        }

        (_isBusy, _isUpdating, _isUpdated, _refusal) = (true, true, false, null);
        try
        {
            // Never the circuit's token: what was asked for is sent even when the page is closed now.
            var answer = await Tenants.UpdateNowAsync(View.Store.Id, View.Group.Id, await Person.AsRequesterAsync(), CancellationToken.None);
            _refusal = WhyNot(answer);
            _isUpdated = _refusal is null;
        }
        finally
        {
            (_isBusy, _isUpdating) = (false, false);
        }

        if (_isUpdated)
        {
            await LoadAsync();
            await OnUpdated.InvokeAsync();
        }
    }

    private (string Message, string? Details)? WhyNot(UpdateNowAnswer answer) => answer switch
    {
        UpdateNowAnswer.Applied(var result) => result.Rows.FirstOrDefault(row => row.Outcome?.Error is not null) is { } row
            ? (row.Message ?? row.Outcome!.Error!.Message, row.Outcome!.Error!.ServerText)
            : null,
        UpdateNowAnswer.Denied(var decision) => (decision.Message, null),
        UpdateNowAnswer.Refused(var problems) => (string.Join(' ', problems.Select(problem => problem.Message)), null),
        UpdateNowAnswer.DirectoryFailed(var error) => (error.Message, error.ServerText),
        UpdateNowAnswer.GroupUnknown => (R["Progress_Gone"], null),
        _ => (R["Progress_NotDynamic"], null),
    };
}
