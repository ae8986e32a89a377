using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Layout;

/// <summary>Search over the groups of the store from anywhere (Ctrl+K): straight to one, or to the list of all that match.</summary>
public sealed partial class TopSearch : IAsyncDisposable
{
    private const int Limit = 7;
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    private readonly CancellationSeries _searches = new();
    private ElementReference _input;
    private IJSObjectReference? _shortcut;
    private IReadOnlyList<GroupListItem> _found = [];
    private IdentityStore? _store;
    private string? _error;
    private string _text = "";
    private int _active = -1;
    private bool _open;

    [Inject]
    public required GroupReader Groups { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IStringLocalizer<PagesText> P { get; init; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _shortcut = await Browser.InvokeAsync<IJSObjectReference>("import", "./assets/js/shortcut.js");
            await _shortcut.InvokeVoidAsync("focusOnCtrlK", _input);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _searches.Dispose();
        if (_shortcut is not null)
        {
            try
            {
                await _shortcut.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone, and the module with it.
            }
        }
    }

    private async Task TypeAsync(string? text)
    {
        _text = text ?? "";
        _active = -1;
        var turn = _searches.Next();
        if (_text.Trim().Length == 0)
        {
            _open = false;
            return;
        }

        await Task.Delay(Debounce, Clock, turn).ContinueWith(_ => { }, TaskScheduler.Default);
        if (turn.IsCancellationRequested || await Choice.GetAsync() is not { } store)
        {
            return;
        }

        try
        {
            var answer = await Groups.ListAsync(store.Id, new GroupQuery(_text.Trim(), Take: Limit), turn);
            _error = (answer as DirectoryAnswer<Page<GroupListItem>>.Failed)?.Error.Message;
            _found = answer switch
            {
                DirectoryAnswer<Page<GroupListItem>>.Ok ok => ok.Value.Items,
                DirectoryAnswer<Page<GroupListItem>>.Partial partial => partial.Value.Items,
                _ => [],
            };
            _store = store;
            _open = true;
        }
        catch (OperationCanceledException)
        {
            // A newer search has taken over.
        }
    }

    private void Key(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowDown" when _open:
                _active = (_active + 1) % (_found.Count + 1);
                break;
            case "ArrowUp" when _open:
                _active = _active <= 0 ? _found.Count : _active - 1;
                break;
            case "Escape":
                _searches.Cancel();
                _open = false;
                break;
        }
    }

    // The form is submitted by Enter: the marked group, else the list.
    private void OpenList()
    {
        if (_open && _active >= 0 && _active < _found.Count)
        {
            Open(_active);
            return;
        }

        var text = _text.Trim();
        Close();
        Navigation.NavigateTo(new GroupListState(_store?.Id ?? Choice.Current?.Id, text).ToUrl());
    }

    private void Open(int place)
    {
        var path = GroupPaths.Of(_store!.Id, _found[place].Group.Id);
        Close();
        Navigation.NavigateTo(path);
    }

    private void Close()
    {
        _searches.Cancel();
        (_text, _open, _active) = ("", false, -1);
    }

    // A click on an option takes the focus before it is a click.
    private async Task CloseSoonAsync()
    {
        await Task.Delay(Moment, Clock);
        _open = false;
    }
}
