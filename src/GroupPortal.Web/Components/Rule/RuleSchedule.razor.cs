using GroupPortal.Application.Schedules;
using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Rule;

/// <summary>When the rule is applied by itself, when it was last and will be next.</summary>
public sealed partial class RuleSchedule : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private ScheduleView? _schedule;
    private UpdateSchedule? _value;
    private bool _isEditing;
    private bool _isBroken;

    [Inject]
    public required SmartSchedules Schedules { get; init; }

    [Inject]
    public required IStringLocalizer<UpdateText> U { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    [Parameter]
    public EventCallback<RuleWish> OnWish { get; set; }

    private bool MayChange => View.May(GroupActions.DefineRule) && _schedule is not null;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    /// <summary>Looks again; after an update.</summary>
    public async Task LoadAsync()
    {
        try
        {
            _schedule = await Schedules.GetAsync(View.Store.Id, View.Group, _left.Token);
            if (!_isEditing)
            {
                _value = _schedule.Own;
            }

            StateHasChanged();
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page has been left.
        }
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private void Reset() => (_isEditing, _isBroken, _value) = (false, false, _schedule?.Own);

    private static string Sentence(string words) => words.Length == 0 ? words : char.ToUpper(words[0], System.Globalization.CultureInfo.CurrentCulture) + words[1..];
}
