using System.Globalization;
using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>A plain document, since only a response can set the cookie; a circuit has none.</summary>
public sealed partial class SignIn
{
    private bool _demo;
    private bool _hasDirectory;
    private SignInRefusal? _refusal;
    private int? _minutesToWait;

    [CascadingParameter]
    public required HttpContext HttpContext { get; set; }

    [Inject]
    public required IEnumerable<IPasswordSignIn> SignIns { get; init; }

    [Inject]
    public required PasswordSignIns Passwords { get; init; }

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
        null => _refusal is { } reason ? T[$"SignIn_{reason}"].Value : null,
    };

    private string? DescribedBy => (Refusal is not null, _hasDirectory) switch
    {
        (true, true) => "sign-in-error sign-in-forms",
        (true, false) => "sign-in-error",
        (false, true) => "sign-in-forms",
        _ => null,
    };

    protected override void OnInitialized()
    {
        _demo = SignIns.Any(signIn => signIn is { Method: DemoAccounts.MethodName, IsAvailable: true });
        _hasDirectory = SignIns.Any(signIn => signIn is DirectorySignIn);
        if (HttpMethods.IsGet(HttpContext.Request.Method) && HttpContext.User.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(ReturnUrl.LocalOrHome(Target));
        }
    }

    private async Task SignInAsync()
    {
        var name = Input?.Name?.Trim() ?? "";
        var address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        switch (await Passwords.SignInAsync(name, Input?.Password ?? "", address, HttpContext.RequestAborted))
        {
            case SignInAnswer.Welcome(var account, var method):
                await EnterAsync(account, method);
                break;
            case SignInAnswer.TooMany(var wait):
                HttpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                _minutesToWait = (int)Math.Ceiling(wait.TotalMinutes);
                break;
            case SignInAnswer.Refused(var reason):
                // The typed name may be a password by mistake, so it is not logged.
                Logger.LogWarning("A sign-in from {Address} was refused: {Reason}.", address, reason);
                _refusal = reason;
                break;
        }
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
