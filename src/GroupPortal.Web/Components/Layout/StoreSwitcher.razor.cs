using System.Globalization;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Layout;

/// <summary>The identity store that is worked in, and the way to another. On the list of groups the address changes with it.</summary>
public sealed partial class StoreSwitcher : IDisposable
{
    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IStringLocalizer<PagesText> P { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Choice.Changed += Redraw;
        await Choice.GetAsync();
    }

    public void Dispose() => Choice.Changed -= Redraw;

    private void Redraw(object? sender, EventArgs arguments) => _ = InvokeAsync(StateHasChanged);

    private async Task ChooseAsync(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var id) && Choice.Find(id) is { } store)
        {
            await Choice.ChooseAsync(store);
            var path = new Uri(Navigation.Uri).AbsolutePath;
            // A group belongs to its store; whoever changes the store there wants to see the other one's groups.
            if (path == GroupListState.Path || Guid.TryParse(path.Split('/')[^1], out _))
            {
                Navigation.NavigateTo(new GroupListState(id).ToUrl());
            }
        }
    }
}
