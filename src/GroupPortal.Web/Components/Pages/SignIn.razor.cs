using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>A plain document, since only a response can set the cookie; a circuit has none.</summary>
public sealed partial class SignIn
{
    private bool _demo;
    private bool _refused;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    public required IEnumerable<IPasswordSignIn> SignIns { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ILogger<SignIn> Logger { get; init; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    public string? Target { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    public Credentials? Input { get; set; }

    protected override void OnInitialized()
    {
        _demo = SignIns.Any(signIn => signIn is { Method: DemoAccounts.MethodName, IsAvailable: true });
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(ReturnUrl.LocalOrHome(Target));
        }
    }

    private async Task SignInAsync()
    {
        foreach (var signIn in SignIns.Where(candidate => candidate.IsAvailable))
        {
            if (await signIn.SignInAsync(Input?.Name?.Trim() ?? "", Input?.Password ?? "", HttpContext.RequestAborted) is { } account)
            {
                await EnterAsync(account, signIn.Method);
                return;
            }
        }

        // One answer for an unknown name and a wrong password; the typed name may be a password by mistake, so it is not logged.
        Logger.LogWarning("A sign-in from {Address} was refused.", HttpContext.Connection.RemoteIpAddress);
        _refused = true;
    }

    private async Task SignInAsDemoAsync(PortalAccount account)
    {
        if (_demo)
        {
            await EnterAsync(account, DemoAccounts.MethodName);
        }
    }

    private async Task EnterAsync(PortalAccount account, string method)
    {
        await HttpContext.SignInAsync(account.ToPrincipal(method));
        Logger.LogInformation("{Account} signed in by {Method}.", account.Name, method);
        Navigation.NavigateTo(ReturnUrl.LocalOrHome(Target));
    }

    public sealed class Credentials
    {
        public string? Name { get; set; }

        public string? Password { get; set; }
    }
}
