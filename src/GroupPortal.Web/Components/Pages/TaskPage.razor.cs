using System.Globalization;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Components.Tasks;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>One update of one smart group: how it goes, and who came and went.</summary>
public sealed partial class TaskPage : IDisposable
{
    private (int Store, long Id) _shown;
    private IdentityStore? _store;
    private TaskInfo? _task;
    private string? _refusal;
    private bool _busy;

    [Inject]
    public required SmartUpdates Updates { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Parameter]
    public int StoreId { get; set; }

    [Parameter]
    public long Id { get; set; }

    private IReadOnlyList<Crumb> Crumbs => [new(U["Tasks_Title"], TaskPaths.List)];

    public void Dispose() => Choice.Changed -= Follow;

    protected override void OnInitialized() => Choice.Changed += Follow;

    protected override void OnParametersSet()
    {
        if (_shown != (StoreId, Id))
        {
            _shown = (StoreId, Id);
            (_task, _refusal, _store) = (null, null, Choice.Find(StoreId));
            if (_store is not null)
            {
                Choice.Show(_store);
            }
        }
    }

    private async Task AgainAsync()
    {
        if (_busy || _task is not { } task)
        {
            return;
        }

        _busy = true;
        try
        {
            var answers = await Updates.StartAsync(StoreId, [task.GroupId], await Person.AsRequesterAsync(), CancellationToken.None);
            _refusal = U.RefusalOf(answers[0]);
            if (answers[0] is UpdateAnswer.Started(var next, _))
            {
                Navigation.NavigateTo(TaskPaths.Of(StoreId, next));
            }
        }
        finally
        {
            _busy = false;
        }
    }

    // A task belongs to its store; whoever changes the store wants to see the other one's.
    private void Follow(object? sender, EventArgs arguments)
    {
        if (Choice.Current is { } store && store.Id != StoreId)
        {
            _ = InvokeAsync(() => Navigation.NavigateTo(TaskPaths.List));
        }
    }

    private string Took(TimeSpan time) => time.TotalSeconds < 1 ? U["Task_Took_Moment"] : time.TotalMinutes >= 2
        ? U["Task_Took_Minutes", time.TotalMinutes.ToString("N0", CultureInfo.CurrentCulture)]
        : U["Task_Took_Seconds", time.TotalSeconds.ToString("N1", CultureInfo.CurrentCulture)];
}
