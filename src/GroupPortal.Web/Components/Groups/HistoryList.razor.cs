using GroupPortal.Application.History;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>What was done, newest first, page by page; each entry opens to its lines.</summary>
public sealed partial class HistoryList : IDisposable
{
    public const int PageSize = 25;

    private readonly CancellationSeries _loads = new();
    private Page<HistoryEntry>? _page;
    private int _number = 1;
    private bool _failed;

    [Inject]
    public required ILogger<HistoryList> Logger { get; init; }

    /// <summary>Reads some entries: skip, take.</summary>
    [Parameter, EditorRequired]
    public required Func<int, int, CancellationToken, Task<Page<HistoryEntry>>> Read { get; set; }

    /// <summary>Whether each entry says which group it concerns.</summary>
    [Parameter]
    public bool NamesGroup { get; set; } = true;

    /// <summary>The page that the address asks for, where pages stand in the address.</summary>
    [Parameter]
    public int? PageNumber { get; set; }

    [Parameter]
    public Func<int, string>? PageLink { get; set; }

    [Parameter]
    public RenderFragment? Empty { get; set; }

    public void Dispose() => _loads.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_page is null || (PageNumber is { } asked && asked != _number))
        {
            _number = PageNumber ?? _number;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _failed = false;
        var turn = _loads.Next();
        try
        {
            var page = await Read((_number - 1) * PageSize, PageSize, turn);
            if (!turn.IsCancellationRequested)
            {
                _page = page;
            }
        }
        catch (OperationCanceledException)
        {
            // Another page was asked for, or the list has been left.
        }
        catch (System.Data.Common.DbException exception)
        {
            Logger.LogWarning(exception, "The history could not be read.");
            _failed = true;
        }
    }

    private Task GoAsync(int page)
    {
        _number = page;
        return LoadAsync();
    }
}
