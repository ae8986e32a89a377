using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Held;

/// <summary>How many held updates wait, for those who may decide; nothing for anybody else. Counted anew on every way to another page.</summary>
public sealed partial class HeldCount : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private long _count;
    private string? _counted;

    [Inject]
    public required HeldPlans Held { get; init; }

    [Inject]
    public required HeldNews News { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required ILogger<HeldCount> Logger { get; init; }

    /// <summary>The path of the page shown.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "/";

    public void Dispose()
    {
        News.Changed -= Recount;
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized() => News.Changed += Recount;

    protected override async Task OnParametersSetAsync()
    {
        if (_counted != Path)
        {
            _counted = Path;
            await CountAsync();
        }
    }

    private async Task CountAsync()
    {
        try
        {
            var person = await Person.GetAsync();
            _count = AccessPolicy.AsksRelation(person.Role) ? 0 : await Held.CountAsync(HeldFilter.For(person), _gone.Token);
        }
        catch (OperationCanceledException)
        {
            // The portal's page is closed.
        }
        catch (System.Data.Common.DbException exception)
        {
            // A number less in the navigation is no reason to stop a page.
            Logger.LogWarning(exception, "The held updates could not be counted.");
        }
    }

    private void Recount(object? sender, EventArgs arguments) => _ = InvokeAsync(async () =>
    {
        await CountAsync();
        StateHasChanged();
    });
}
