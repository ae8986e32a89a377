using GroupPortal.Web;
using GroupPortal.Web.Api;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components;
using GroupPortal.Web.Security;

var builder = WebApplication.CreateBuilder(args);

// Outside Development an unpublished run would find neither our assets nor Radzen's.
builder.WebHost.UseStaticWebAssets();

builder.Services.AddPortalOptions(builder.Configuration);
builder.Services.AddPortalSecurity();
builder.Services.AddPortalSignIn(builder.Configuration);
builder.Services.AddPortalComponents();

var app = builder.Build();

app.UsePortalSecurity();
app.UsePortalErrorPages();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().AllowAnonymous();
app.MapHealth();
app.MapSignOut();
app.MapPortalComponents();

await app.RunAsync();

/// <summary>The portal's entry point; named so that tests and components can point at this assembly.</summary>
public sealed partial class Program
{
    private Program()
    {
    }
}
