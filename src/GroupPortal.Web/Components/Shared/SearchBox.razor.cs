using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GroupPortal.Web.Components.Shared;

/// <summary>A field that searches while one types, a moment after the last letter; Enter does not wait.</summary>
public sealed partial class SearchBox : IDisposable
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(300);
    private readonly CancellationSeries _turns = new();
    private string _text = "";
    private string _told = "";

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter]
    public string Value { get; set; } = "";

    [Parameter]
    public EventCallback<string> OnSearch { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public string? InputId { get; set; }

    public void Dispose() => _turns.Dispose();

    // What is being typed is ahead of what the page knows; only a value that somebody else set replaces it.
    protected override void OnParametersSet()
    {
        if (Value != _told)
        {
            _text = _told = Value;
        }
    }

    private async Task TypeAsync(string? text)
    {
        _text = text ?? "";
        var turn = _turns.Next();
        await Task.Delay(Debounce, Clock, turn).ContinueWith(_ => { }, TaskScheduler.Default);
        if (!turn.IsCancellationRequested)
        {
            await InvokeAsync(TellAsync);
        }
    }

    // Not the change event: it comes with the loss of focus too, and would search while somebody follows a link of the list.
    private Task KeyAsync(KeyboardEventArgs key)
    {
        if (key.Key != "Enter")
        {
            return Task.CompletedTask;
        }

        _turns.Cancel();
        return TellAsync();
    }

    private Task TellAsync()
    {
        var text = _text.Trim();
        if (text == _told)
        {
            return Task.CompletedTask;
        }

        _told = text;
        return OnSearch.InvokeAsync(text);
    }
}
