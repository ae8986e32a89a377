using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Shared;

/// <summary>Puts a text on the clipboard, and shows for a moment that it is there.</summary>
public sealed partial class CopyButton : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _gone = new();
    private bool? _outcome;

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What the button is called, such as "Copy the object id"; "Copy" unless given.</summary>
    [Parameter]
    public string? Label { get; set; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task CopyAsync()
    {
        var gone = _gone.Token;
        await using var module = await Browser.InvokeAsync<IJSObjectReference>("import", gone, "./assets/js/clipboard.js");
        _outcome = await module.InvokeAsync<bool>("copy", gone, Text);
        StateHasChanged();
        await Task.Delay(Moment, Clock, gone).ContinueWith(_ => { }, TaskScheduler.Default);
        if (!gone.IsCancellationRequested)
        {
            _outcome = null;
        }
    }
}
