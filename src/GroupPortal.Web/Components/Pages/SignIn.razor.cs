using System.Globalization;
using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>A plain document, since only a response can set the cookie; a circuit has none.</summary>
public sealed partial class SignIn
{
    private bool _demo;
    private bool _refused;
    private int? _minutesToWait;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    public required IEnumerable<IPasswordSignIn> SignIns { get; init; }

    [Inject]
    public required GuessLimit Guesses { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ILogger<SignIn> Logger { get; init; }

    [SupplyParameterFromQuery(Name = "returnUrl")]
    public string? Target { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in")]
    public Credentials? Input { get; set; }

    private string? Refusal => _minutesToWait switch
    {
        1 => T["SignIn_TooMany_One"].Value,
        { } minutes => T["SignIn_TooMany", minutes].Value,
        null => _refused ? T["SignIn_Refused"].Value : null,
    };

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
        var name = Input?.Name?.Trim() ?? "";
        var address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        if (Guesses.Begin(name, address) is { } wait)
        {
            HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            _minutesToWait = (int)Math.Ceiling(wait.TotalMinutes);
            return;
        }

        foreach (var signIn in SignIns.Where(candidate => candidate.IsAvailable))
        {
            if (await signIn.SignInAsync(name, Input?.Password ?? "", HttpContext.RequestAborted) is { } account)
            {
                Guesses.Succeeded(name, address);
                await EnterAsync(account, signIn.Method);
                return;
            }
        }

        // One answer for an unknown name and a wrong password; the typed name may be a password by mistake, so it is not logged.
        Logger.LogWarning("A sign-in from {Address} was refused.", address);
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
