using GroupPortal.Application;
using GroupPortal.Web;
using GroupPortal.Web.Api;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components;
using GroupPortal.Web.Directories;
using GroupPortal.Web.Security;
using GroupPortal.Web.Startup;

try
{
    if (CheckCommand.IsMeant(args))
    {
        return await CheckCommand.RunAsync(args, Console.Out, CancellationToken.None);
    }

    var builder = WebApplication.CreateBuilder(args);

    // Outside Development an unpublished run would find neither our assets nor Radzen's.
    builder.WebHost.UseStaticWebAssets();

    // Before anything is opened: the first start fills the sample directories, which takes a while.
    var stores = SettingsCheck.Run(builder);
    ListenerProbe.Run(builder.Configuration);

    await builder.AddEmbeddedStoresAsync(stores.Samples);
    builder.AddLdapStores(stores);
    builder.AddGraphStores(stores);
    DirectoryChecks.AddTo(builder.Services, stores);
    builder.Services.AddPortalOptions(builder.Configuration);
    builder.Services.AddGroupPortalApplication(builder.Configuration);
    builder.Services.AddPortalSecurity(builder.Configuration);
    builder.Services.AddPortalSignIn(builder.Configuration, stores, await stores.AreOnThisMachineAsync());
    builder.Services.AddPortalApi();
    builder.Services.AddPortalComponents();
    builder.Services.AddGroupPortalWakeUps();

    var app = builder.Build();

    app.UsePortalSecurity();
    app.UsePersonsCulture();
    app.UsePortalErrorPages();
    app.UseApiFailures();
    app.UseApiPage();
    app.UseAuthentication();
    app.UseAuthorization();
    // After the sign-in: the limits are per account.
    app.UseRateLimiter();
    app.UseAntiforgery();

    app.MapStaticAssets().AllowAnonymous();
    app.MapHealth();
    app.MapPortalApi();
    app.MapPlanDownload();
    app.MapRuleDownload();
    app.MapSignOut();
    app.MapPortalComponents();

    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupProblem.Of(exception) is { } problem)
{
    await Console.Error.WriteLineAsync(problem.Text);
    return problem.ExitCode;
}

/// <summary>The portal's entry point; named so that tests and components can point at this assembly.</summary>
public sealed partial class Program
{
    private Program()
    {
    }
}
