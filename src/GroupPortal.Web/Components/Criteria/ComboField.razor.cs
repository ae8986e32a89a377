using System.Globalization;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>
/// A line with a list of what fits while one types (combobox with a list, WAI-ARIA 1.2): any text with suggestions, or one of
/// a list only. The browser's part of the keys is in <c>criteria.js</c>, attached once for a whole builder.
/// </summary>
public sealed partial class ComboField : IDisposable
{
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(100);
    private readonly CancellationSeries _turns = new();
    private IReadOnlyList<ComboOption> _options = [];
    private string _text = "";
    private string _told = "";
    private string _announcement = "";
    private int _active = -1;
    private bool _isOpen;
    private bool _isTyped;

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>What the field is called.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public string InputId { get; set; } = "";

    /// <summary>What the line shows until somebody types.</summary>
    [Parameter]
    public string Text { get; set; } = "";

    /// <summary>What fits a text; all, or the best, for an empty one.</summary>
    [Parameter, EditorRequired]
    public required Func<string, CancellationToken, Task<IReadOnlyList<ComboOption>>> Find { get; set; }

    /// <summary>Only a line of the list counts; a text that was only typed is taken back.</summary>
    [Parameter]
    public bool MustChoose { get; set; }

    /// <summary>What was typed or chosen: the text, or the value of the line.</summary>
    [Parameter]
    public EventCallback<string> OnValue { get; set; }

    [Parameter]
    public string? Placeholder { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public bool IsInvalid { get; set; }

    private string ListId => InputId + "-list";

    private string? ActiveId => _isOpen && _active >= 0 && _active < _options.Count ? OptionId(_active) : null;

    public void Dispose() => _turns.Dispose();

    // What is being typed is ahead of what the page knows; only a value that somebody else set replaces it.
    protected override void OnParametersSet()
    {
        if (Text != _told)
        {
            _text = _told = Text;
        }
    }

    private string OptionId(int place) => string.Create(CultureInfo.InvariantCulture, $"{InputId}-{place}");

    private async Task TypeAsync(string? text)
    {
        (_text, _isTyped) = (text ?? "", true);
        if (!MustChoose)
        {
            _told = _text;
            await OnValue.InvokeAsync(_text);
        }

        await OpenAsync(MustChoose ? TimeSpan.Zero : Debounce);
    }

    // The line under the pointer is for choosing from at once; typed text is for typing on.
    private Task ClickAsync() => _isOpen ? Task.CompletedTask : OpenAsync(TimeSpan.Zero);

    private async Task OpenAsync(TimeSpan delay)
    {
        var turn = _turns.Next();
        try
        {
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, Clock, turn);
            }

            var found = await Find(MustChoose && !_isTyped ? "" : _text.Trim(), turn);
            if (!turn.IsCancellationRequested)
            {
                (_options, _isOpen) = (found, true);
                // The first line is taken by Enter only where a choice is wanted; otherwise Enter keeps the text as it is.
                _active = MustChoose && found.Count > 0 ? Math.Max(0, IndexOf(Text)) : -1;
                _announcement = R["Combo_Count", found.Count];
            }
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            // The next letter, or the end of the page.
        }
    }

    private int IndexOf(string label)
    {
        for (var index = 0; index < _options.Count; index++)
        {
            if (_options[index].Label == label)
            {
                return index;
            }
        }

        return -1;
    }

    private async Task KeyAsync(KeyboardEventArgs key)
    {
        // With Alt the arrows move the clause.
        if (key.AltKey || key.CtrlKey || key.MetaKey)
        {
            return;
        }

        switch (key.Key)
        {
            case "ArrowDown" or "ArrowUp" when !_isOpen:
                await OpenAsync(TimeSpan.Zero);
                break;
            case "ArrowDown":
                Go(_active + 1);
                break;
            case "ArrowUp":
                Go(_active - 1);
                break;
            case "Enter" when _isOpen && _active >= 0 && _active < _options.Count:
                await ChooseAsync(_options[_active]);
                break;
            case "Enter":
                Close();
                break;
            case "Escape" when _isOpen:
                Close();
                _text = MustChoose ? Text : _text;
                break;
            default:
                break;
        }
    }

    private void Go(int place)
    {
        if (_options.Count > 0)
        {
            _active = (place + _options.Count) % _options.Count;
        }
    }

    private async Task ChooseAsync(ComboOption option)
    {
        Close();
        _announcement = R["Combo_Chosen", option.Label];
        _text = _told = MustChoose ? option.Label : option.Value;
        await OnValue.InvokeAsync(option.Value);
    }

    private void Leave()
    {
        Close();
        if (MustChoose)
        {
            _text = _told = Text;
        }
    }

    private void Close()
    {
        _turns.Cancel();
        (_isOpen, _active, _isTyped, _options) = (false, -1, false, []);
    }
}
