using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>Those whom a number counts: drawn only where they are looked at, sorted and searched where the data is.</summary>
public sealed partial class EffectList
{
    private const int MostPerPage = 200;

    private Virtualize<PreviewMember>? _rows;
    private Preview? _shown;
    private bool _isNew;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public required CriteriaVocabulary Vocabulary { get; set; }

    /// <summary>The attributes that can be columns (<see cref="RuleSource.Shows"/>).</summary>
    [Parameter]
    public Func<CriteriaAttribute, bool> Shows { get; set; } = static _ => true;

    [Parameter, EditorRequired]
    public required RuleEffect Effect { get; set; }

    [Parameter, EditorRequired]
    public required EffectView View { get; set; }

    [Parameter]
    public EventCallback<EffectView> OnView { get; set; }

    [Parameter]
    public EventCallback<PreviewMember> OnWhy { get; set; }

    private int Found => Effect.Current?.Found ?? 0;

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shown, Effect.Current))
        {
            (_isNew, _shown) = (_shown is not null, Effect.Current);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isNew && _rows is not null)
        {
            _isNew = false;
            await _rows.RefreshDataAsync();
            StateHasChanged();
        }
    }

    // The first people came with the numbers.
    private async ValueTask<ItemsProviderResult<PreviewMember>> ProvideAsync(ItemsProviderRequest request)
    {
        var current = Effect.Current;
        if (current is null)
        {
            return new ItemsProviderResult<PreviewMember>([], 0);
        }

        var end = Math.Min(request.StartIndex + request.Count, current.Found);
        if (end <= current.Members.Count)
        {
            return new ItemsProviderResult<PreviewMember>(current.Members.Skip(request.StartIndex).Take(Math.Max(0, end - request.StartIndex)), current.Found);
        }

        var page = await Effect.PageAsync(request.StartIndex, Math.Min(request.Count, MostPerPage), request.CancellationToken);
        return page is null ? new ItemsProviderResult<PreviewMember>([], current.Found) : new ItemsProviderResult<PreviewMember>(page.Members, page.Found);
    }

    private Task ToggleAsync(string column) => OnView.InvokeAsync(View with
    {
        Columns = View.Columns.Contains(column) ? [.. View.Columns.Where(one => one != column)] : [.. View.Columns, column],
        SortBy = View.SortBy == column && View.Columns.Contains(column) ? null : View.SortBy,
    });

    private Task SortAsync(string? column) => OnView.InvokeAsync(View with { SortBy = column, IsDescending = View.SortBy == column && !View.IsDescending });

    private string? SortOf(string? column) => View.SortBy != column ? null : View.IsDescending ? "descending" : "ascending";

    private string IconOf(string? column) => View.SortBy != column ? "sort" : View.IsDescending ? "arrow-down" : "arrow-up";

    private static string ValueOf(PreviewMember member, string column) => member.Values.TryGetValue(column, out var values) ? string.Join(", ", values) : "";

    private static string SignOf(Standing standing) => standing switch
    {
        Standing.Joining => "+",
        Standing.Leaving => "−",
        _ => "=",
    };
}
