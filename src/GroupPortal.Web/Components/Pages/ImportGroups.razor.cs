using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.SmartGroups.Import;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups.Import;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Import;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Results;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>
/// Imports rules for groups that exist: what is in the file, how its names are meant, what saving would do. Only groups
/// whose effect has been counted can be saved.
/// </summary>
public sealed partial class ImportGroups : IDisposable
{
    private const int PageSize = 10;

    /// <summary>Of groups that are not on the page, only their number shows.</summary>
    private const int DrawnEvery = 50;

    private readonly CancellationSeries _lookups = new();
    private readonly CancellationSeries _counts = new();
    private readonly Dictionary<int, ImportedPreview> _previews = [];
    private readonly HashSet<int> _skipped = [];
    private IdentityStore? _store;
    private ImportReading? _reading;
    private IReadOnlyList<ImportedGroup>? _groups;
    private List<int> _ready = [];
    private List<ImportOutcome>? _outcomes;
    private DirectoryError? _error;
    private (int Done, int Total) _progress;
    private int _page = 1;
    private int _saving;
    private bool _asked;
    private bool _isBusy;

    [Inject]
    public required ImportService Imports { get; init; }

    [Inject]
    public required GroupService Service { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    private Crumb[] Way => [new(T["Nav_Groups"], "/groups")];

    private IEnumerable<int> PageIndexes => Enumerable.Range(0, _groups?.Count ?? 0).Skip((_page - 1) * PageSize).Take(PageSize);

    /// <summary>Only groups whose effect is known: nothing is saved whose difference could not be looked at.</summary>
    private List<int> Chosen => [.. _ready.Where(index => !_skipped.Contains(index) && _previews.GetValueOrDefault(index) is { IsKnown: true })];

    public void Dispose()
    {
        Choice.Changed -= Follow;
        _lookups.Dispose();
        _counts.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Choice.Changed += Follow;
        _store = await Choice.GetAsync();
        _asked = true;
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A file is read with the words of one store; in another it is read again.</summary>
    private void Follow(object? sender, EventArgs args) => _ = InvokeAsync(() =>
    {
        if (!_isBusy && Choice.Current is { } store && store != _store)
        {
            _store = store;
            Restart();
            StateHasChanged();
        }
    });

    private void Restart()
    {
        _lookups.Cancel();
        _counts.Cancel();
        (_reading, _groups, _outcomes, _error) = (null, null, null, null);
        Forget();
    }

    private void Forget()
    {
        _previews.Clear();
        _skipped.Clear();
        (_ready, _page) = ([], 1);
    }

    private Task ResolveAgainAsync() => _reading is { } reading ? ResolveAsync(reading) : Task.CompletedTask;

    private async Task ResolveAsync(ImportReading reading)
    {
        if (_store is not { } store)
        {
            return;
        }

        _counts.Cancel();
        (_reading, _groups, _error, _progress) = (reading, null, null, (0, 0));
        Forget();
        if (reading.Queries.Count == 0)
        {
            return;
        }

        var cancellation = _lookups.Next();
        try
        {
            await AdoptAsync(await Imports.ResolveAsync(store.Id, reading.Queries, ShowProgressAsync, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Another file, or the page was left.
        }
    }

    private async Task SettleAsync((ImportedReference Reference, DirectoryObject? Meant) answer)
    {
        if (_isBusy || _groups is not { } groups || _store is not { } store)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var (reference, meant) = answer;
            var settled = await Imports.SettleAsync(store.Id, groups, reference.Role, reference.Reference, meant, CancellationToken.None);
            _isBusy = false;
            await AdoptAsync(settled);
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task AdoptAsync(DirectoryAnswer<IReadOnlyList<ImportedGroup>> answer)
    {
        switch (answer)
        {
            case DirectoryAnswer<IReadOnlyList<ImportedGroup>>.Ok(var groups):
                // Only what changed is counted anew.
                foreach (var index in _previews.Keys.Where(index => _groups is null || !ReferenceEquals(groups[index], _groups[index])).ToList())
                {
                    _previews.Remove(index);
                }

                _groups = groups;
                _ready = [.. Enumerable.Range(0, groups.Count).Where(index => groups[index].IsReady)];
                await CountAsync();
                break;
            case DirectoryAnswer<IReadOnlyList<ImportedGroup>>.Failed(var error):
                _error = error;
                break;
            case DirectoryAnswer<IReadOnlyList<ImportedGroup>>.Partial(_, var why):
                _error = why;
                break;
        }
    }

    private async Task ShowProgressAsync(int done, int total)
    {
        _progress = (done, total);
        StateHasChanged();

        // A directory that answers at once would otherwise hold the page until all is done.
        await Task.Yield();
    }

    private async Task ShowPageAsync(int page)
    {
        _page = page;
        await CountAsync();
    }

    private async Task CountAgainAsync()
    {
        foreach (var index in PageIndexes.Where(index => _previews.GetValueOrDefault(index) is { IsKnown: false }).ToList())
        {
            _previews.Remove(index);
        }

        await CountAsync();
    }

    /// <summary>One after the other what is not known yet: those of this page, then all others as long as there are answers.</summary>
    private async Task CountAsync()
    {
        if (_groups is not { } groups || _store is not { } store)
        {
            return;
        }

        var cancellation = _counts.Next();
        try
        {
            var account = (await Person.GetAsync()).Account;
            var shown = PageIndexes.ToHashSet();
            foreach (var index in shown.Concat(_ready.Where(index => !shown.Contains(index))).Where(index => groups[index].IsReady && !_previews.ContainsKey(index)).ToList())
            {
                var preview = await Imports.PreviewAsync(store.Id, groups[index], account, PreviewShow.All, 0, 0, cancellation);
                cancellation.ThrowIfCancellationRequested();
                if (!shown.Contains(index) && !preview.IsKnown)
                {
                    break;
                }

                _previews[index] = preview;
                if (shown.Contains(index) || _previews.Count % DrawnEvery == 0)
                {
                    StateHasChanged();

                    // Answers that come at once would otherwise hold the page until all are there.
                    await Task.Yield();
                }
            }

            StateHasChanged();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Another page of groups, or the page was left.
        }
    }

    private void Toggle(int index)
    {
        if (!_skipped.Remove(index))
        {
            _skipped.Add(index);
        }
    }

    private async Task SaveAsync()
    {
        var chosen = Chosen;
        if (_isBusy || _groups is not { } groups || _store is not { } store || chosen.Count == 0)
        {
            return;
        }

        (_isBusy, _saving, _outcomes) = (true, chosen.Count, []);
        _counts.Cancel();
        try
        {
            var requester = await Person.AsRequesterAsync();
            var outcomes = new List<ImportOutcome>(chosen.Count);
            foreach (var index in chosen)
            {
                outcomes.Add(await SaveAsync(store.Id, groups[index], requester));
                _outcomes = [.. outcomes];
                StateHasChanged();
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    /// <summary>Through the plan, as any change. Never with the circuit's token: what was begun is not undone by closing the browser.</summary>
    private async Task<ImportOutcome> SaveAsync(int storeId, ImportedGroup group, Requester requester)
    {
        if (ImportRequests.Of(group, requester.Person.Account) is not { } request)
        {
            return new ImportOutcome(group, null, I["Refused_GroupUnknown"]);
        }

        switch (await Service.PlanForNowAsync(storeId, request, requester, isAppliedNext: true, CancellationToken.None))
        {
            case PlanAnswer.Planned({ Problems.Count: > 0 } plan):
                return new ImportOutcome(group, null, string.Join(' ', plan.Problems.Select(problem => problem.Message)));
            case PlanAnswer.Planned(var plan):
                var (answer, result) = await Service.ApplyAndWaitAsync(plan.Id, requester, confirmedHash: null, CancellationToken.None);
                return result is not null ? new ImportOutcome(group, result, null) : new ImportOutcome(group, null, P.RefusalOf(answer));
            case PlanAnswer.VersionMismatch:
                return new ImportOutcome(group, null, I["Refused_Changed"]);
            case PlanAnswer.DirectoryFailed(var error):
                return new ImportOutcome(group, null, error.Message);
            case PlanAnswer.StoreUnknown:
                return new ImportOutcome(group, null, I["Refused_StoreUnknown"]);
            default:
                return new ImportOutcome(group, null, I["Refused_GroupUnknown"]);
        }
    }
}
