namespace GroupPortal.Web.Components.Layout;

/// <summary>Who is not signed in any more goes to the sign-in page and comes back here; who is, lacks the right.</summary>
public sealed partial class SignInAgain
{
    private bool _forbidden;

    protected override async Task OnInitializedAsync()
    {
        var state = await Authentication.GetAuthenticationStateAsync();
        _forbidden = state.User.Identity?.IsAuthenticated == true;
        if (!_forbidden)
        {
            var here = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
            Navigation.NavigateTo($"/sign-in?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
        }
    }
}
