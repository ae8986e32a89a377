using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>Adds many at once: paste, look up, settle what is not clear, add.</summary>
public sealed partial class PastePanel : IAsyncDisposable
{
    /// <summary>About half a million names; more belongs into the bulk pages.</summary>
    private const long MaximumBytes = 16 * 1024 * 1024;

    private readonly CancellationSeries _lookups = new();
    private IJSObjectReference? _module;
    private ElementReference _area;
    private IReadOnlyList<string> _references = [];
    private PasteOutcome? _outcome;
    private string _announcement = "";
    private int _total;
    private int _done;
    private bool _isBusy;
    private bool _tooLong;

    [Inject]
    public required GroupReader Groups { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter]
    public IReadOnlyCollection<ObjectKind> Kinds { get; set; } = [];

    [Parameter]
    public IReadOnlySet<Guid> Chosen { get; set; } = new HashSet<Guid>();

    [Parameter]
    public Func<DirectoryObject, string?>? WhyNot { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<PickedObject>> OnAdd { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private IReadOnlyList<DirectoryObject> Addable => _outcome is null
        ? []
        : [.. _outcome.Found
            .Concat(_outcome.Ambiguous.Select(one => one.Meant).OfType<DirectoryObject>())
            .DistinctBy(found => found.Id)
            .Where(found => !Chosen.Contains(found.Id) && WhyNot?.Invoke(found) is null)];

    public async ValueTask DisposeAsync()
    {
        _lookups.Dispose();
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

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Browser.InvokeAsync<IJSObjectReference>("import", "./assets/js/chunked-text.js");
            await _module.InvokeVoidAsync("open", _area);
        }
    }

    private async Task LookUpAsync()
    {
        if (_isBusy || _module is null)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var stream = await _module.InvokeAsync<IJSStreamReference>("read", _area);
            _tooLong = stream.Length > MaximumBytes;
            if (!_tooLong)
            {
                await using var content = await stream.OpenReadStreamAsync(MaximumBytes);
                using var reader = new StreamReader(content);
                _references = PastedReferences.Read(await reader.ReadToEndAsync());
                await ResolveAsync();
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task ResolveAsync()
    {
        if (_references.Count == 0)
        {
            _announcement = W["Paste_Empty"];
            return;
        }

        var cancellation = _lookups.Next();
        (_outcome, _total, _done) = (null, _references.Count, 0);
        try
        {
            _outcome = await PasteLookup.ResolveAsync(Groups, StoreId, Kinds, _references, ShowProgressAsync, cancellation);
            _announcement = W["Paste_Outcome", _outcome.Found.Count, _outcome.NotFound.Count, _outcome.Ambiguous.Count];
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped by the person; what was pasted still stands.
        }

        _total = 0;
    }

    private async Task ShowProgressAsync(int done)
    {
        _done = done;
        StateHasChanged();

        // A directory that answers at once would otherwise hold the page until all is done.
        await Task.Yield();
    }

    private async Task AddAsync()
    {
        await OnAdd.InvokeAsync([.. Addable.Select(PickedObject.From)]);
        await OnClose.InvokeAsync();
    }

    private async Task BackAsync()
    {
        _lookups.Cancel();
        if (_outcome is null)
        {
            await OnClose.InvokeAsync();
            return;
        }

        // The text is still in its area, to be corrected.
        _outcome = null;
    }

    private async Task OnKeyDownAsync(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
        {
            await BackAsync();
        }
    }
}
