using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.SmartGroups.Import;
using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Import;

/// <summary>What saving one imported query would do: its rule, its problems, and whom it moves.</summary>
public sealed partial class ImportEffect : IDisposable
{
    private const int PageSize = 25;

    private readonly string _id = $"import-{Guid.NewGuid():N}";
    private readonly CancellationTokenSource _left = new();
    private ImportedGroup? _drawn;
    private Preview? _people;
    private PreviewShow? _shown;
    private string _word = "";
    private int _page = 1;
    private bool _isLoading;

    [Inject]
    public required ImportService Imports { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public required ImportedGroup Group { get; set; }

    /// <summary>Null while it is counted.</summary>
    [Parameter]
    public ImportedPreview? Preview { get; set; }

    [Parameter]
    public bool IsChosen { get; set; }

    [Parameter]
    public bool IsDisabled { get; set; }

    [Parameter]
    public EventCallback OnToggle { get; set; }

    [Parameter]
    public EventCallback OnCountAgain { get; set; }

    private string Name => Group.Group?.Label ?? Group.Query.Group;

    private IReadOnlyList<(string Text, string Place, bool IsHint)> Problems =>
    [
        .. Group.Query.Problems.Select(problem => (problem.Message, problem.Place.Words, problem.IsHint)),
        .. Group.Open.Select(one => (I[one.Candidates.Count > 0 ? "How_Ambiguous" : "How_NotFound", one.Reference].Value, Group.Query.Place.Words, false)),
        .. Group.SameAs is { } place ? [(I["SameAs", place.Words].Value, Group.Query.Place.Words, false)] : Array.Empty<(string, string, bool)>(),
    ];

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_drawn, Group))
        {
            (_drawn, _shown, _people) = (Group, null, null);
        }
    }

    private async Task UnfoldAsync(PreviewShow show, string word)
    {
        if (_shown == show)
        {
            _shown = null;
            return;
        }

        (_shown, _word, _people) = (show, word, null);
        await LoadAsync(1);
    }

    private async Task LoadAsync(int page)
    {
        if (_shown is not { } show)
        {
            return;
        }

        _isLoading = true;
        var account = (await Person.GetAsync()).Account;
        var preview = await Imports.PreviewAsync(StoreId, Group, account, show, (page - 1) * PageSize, PageSize, _left.Token);
        if (_shown == show && preview.Answer is PreviewAnswer.Ok(var found))
        {
            (_people, _page) = (found, page);
        }

        _isLoading = false;
    }
}
