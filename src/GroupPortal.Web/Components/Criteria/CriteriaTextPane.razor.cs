using GroupPortal.Core.Criteria;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>The rule as a text of one language: what was typed stays as it was typed, and what cannot be read is marked where it stands.</summary>
public sealed partial class CriteriaTextPane : IAsyncDisposable
{
    private DotNetObjectReference<CriteriaTextPane>? _self;
    private bool _isGone;
    private IJSObjectReference? _module;
    private ElementReference _frame;
    private IReadOnlyList<CriteriaProblem> _problems = [];
    private IReadOnlyList<TextPiece> _pieces = [];
    private Translation _written = new("", null, []);
    private CriteriaLanguage? _other;
    private string _text = "";
    private bool _isPasted;
    private bool _isTyped;

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter, EditorRequired]
    public CriteriaLanguage Language { get; set; }

    [Parameter, EditorRequired]
    public required RuleDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>The text, and its language, which is another one where a pasted text says so.</summary>
    [Parameter]
    public EventCallback<(CriteriaLanguage Language, string Text)> OnTyped { get; set; }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        _self?.Dispose();
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

    /// <summary>Told by the browser: the text is too long for one message, and is to be fetched as a stream.</summary>
    [JSInvokable]
    public async Task LongTypedAsync()
    {
        if (_module is null)
        {
            return;
        }

        await using var reference = await _module.InvokeAsync<IJSStreamReference>("readText", _frame);
        // UTF-8 takes at most three bytes for one unit; what is longer than a rule may be is refused by the reader.
        await using var stream = await reference.OpenReadStreamAsync((3L * CriteriaLimits.TextLength) + 4);
        using var reader = new StreamReader(stream);
        await TypeAsync(await reader.ReadToEndAsync());
        StateHasChanged();
    }

    protected override void OnParametersSet()
    {
        _text = Draft.TextOf(Language);
        _written = Draft.Write(Language);
        _isTyped = _text != (_written.Text ?? "");
        _problems = Draft.Broken is { } broken && broken.Language == Language ? broken.Problems : [];
        _pieces = _problems.Count == 0 ? [] : TextPiece.Of(_text, _problems);
        _other = _problems.Count > 0 && _text.Trim().Length > 0 ? Draft.Guess(_text, Language) : null;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./assets/js/criteria.js");
            if (_isGone)
            {
                // Taken off the page before its script was there.
                await module.DisposeAsync();
                return;
            }

            _module = module;
            await _module.InvokeVoidAsync("attachText", _frame, _self);
        }
    }

    private Task TypeAsync(string? text)
    {
        var pasted = _isPasted;
        (_text, _isPasted) = (text ?? "", false);
        var language = pasted && !Core.Criteria.Languages.CriteriaText.Read(Language, _text, Draft.Vocabulary).IsValid ? Draft.Guess(_text, Language) : null;
        return OnTyped.InvokeAsync((language ?? Language, _text));
    }

    private Task UseAsync(CriteriaProblem problem, string suggestion)
    {
        var start = Math.Min(problem.Start, _text.Length);
        var end = Math.Min(problem.Start + problem.Length, _text.Length);
        return OnTyped.InvokeAsync((Language, string.Concat(_text.AsSpan(0, start), suggestion, _text.AsSpan(end))));
    }
}
