using GroupPortal.Application.Schedules;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Schedules;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Service = GroupPortal.Application.Schedules.SmartSchedules;

namespace GroupPortal.Web.Components.Pages;

/// <summary>Schedules of containers: when the smart groups in and below them are updated that have none of their own.</summary>
public sealed partial class ContainerSchedules : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private IReadOnlyList<ContainerSchedule>? _all;
    private AccessDecision? _decision;
    private IdentityStore? _store;
    private Form? _form;
    private string? _removing;
    private string? _notice;
    private string? _refusal;
    private bool _asked;
    private bool _busy;
    private bool _failed;

    [Inject]
    public required Service Schedules { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ILogger<ContainerSchedules> Logger { get; init; }

    private bool MayChange => _decision is { Verdict: AccessVerdict.Allow };

    public void Dispose()
    {
        Choice.Changed -= Follow;
        _loads.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Choice.Changed += Follow;
        _store = await Choice.GetAsync();
        _asked = true;
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (_store is not { } store)
        {
            return;
        }

        var turn = _loads.Next();
        _failed = false;
        try
        {
            _decision = Schedules.MaySetContainers(store.Id, await Person.GetAsync());
            var all = await Schedules.ContainersAsync(store.Id, turn);
            if (!turn.IsCancellationRequested)
            {
                _all = all;
            }
        }
        catch (OperationCanceledException)
        {
            // Another store was chosen, or the page has been left.
        }
        catch (System.Data.Common.DbException exception)
        {
            Logger.LogWarning(exception, "The schedules of containers could not be read.");
            _failed = true;
        }
    }

    private void Add() => Open(null);

    private void Change(ContainerSchedule one) => Open(one);

    private void Open(ContainerSchedule? former) => (_form, _removing, _notice, _refusal) = (new Form(former), null, null, null);

    private void Close() => (_form, _refusal) = (null, null);

    private void Ask(ContainerSchedule one) => (_removing, _notice, _refusal) = (one.Container, null, null);

    private Task SaveAsync((string Container, UpdateSchedule Schedule) wish) => SetAsync(wish.Container, wish.Schedule, U["Containers_Saved"]);

    private Task RemoveAsync(ContainerSchedule one) => SetAsync(one.Container, null, U["Containers_Removed"]);

    private async Task SetAsync(string container, UpdateSchedule? schedule, string done)
    {
        if (_busy || _store is not { } store)
        {
            return;
        }

        (_busy, _refusal) = (true, null);
        try
        {
            var answer = await Schedules.SetContainerAsync(store.Id, container, schedule, await Person.AsRequesterAsync(), CancellationToken.None);
            _refusal = answer switch
            {
                ContainerScheduleAnswer.Saved => null,
                ContainerScheduleAnswer.Invalid(var message) => message,
                ContainerScheduleAnswer.ContainerUnknown => U["Containers_Unknown"],
                ContainerScheduleAnswer.Denied(var decision) => decision.Message,
                ContainerScheduleAnswer.DirectoryFailed(var error) => error.Message,
                _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
            };
            if (_refusal is null)
            {
                (_form, _removing, _notice) = (null, null, done);
                await LoadAsync();
            }
        }
        finally
        {
            _busy = false;
        }
    }

    // An interval counts from each group's own last update.
    private string? NextOf(ContainerSchedule one)
    {
        var zone = Clock.LocalTimeZone;
        var now = Clock.GetUtcNow();
        return one.Schedule is UpdateSchedule.Daily or UpdateSchedule.Cron && one.Schedule.NextAfter(now, zone) is { } next
            ? U.Moment(TimeZoneInfo.ConvertTime(next, zone), TimeZoneInfo.ConvertTime(now, zone))
            : null;
    }

    private void Follow(object? sender, EventArgs arguments) => _ = InvokeAsync(async () =>
    {
        (_store, _all, _form, _removing, _notice, _refusal) = (Choice.Current, null, null, null, null, null);
        StateHasChanged();
        await LoadAsync();
        StateHasChanged();
    });

    /// <summary>An open form: what it changes, or null for a new one. Another one is another object.</summary>
    private sealed class Form(ContainerSchedule? former)
    {
        public ContainerSchedule? Former { get; } = former;
    }
}
