using Bunit;
using Bunit.TestDoubles;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Components.Tenants;
using GroupPortal.Web.Directories;
using GroupPortal.Web.Tests.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Admin;

public sealed class AdminDirectoriesTests : ComponentTests
{
    private static readonly IdentityStore Real = new(2, "example.com", StoreKind.ActiveDirectory, StoreConnection.Ldap, "DC=example,DC=com", "dc1");
    private static readonly IdentityStore Sample = new(3, "5cjshm.onmicrosoft.com", StoreKind.EntraId, StoreConnection.Embedded, "DC=x", "");
    private static readonly CheckStep Port = new("ldaps://dc1:636", "Port", CheckStatus.Ok, "Port 636 answers.");
    private static readonly CheckStep Account = new("ldaps://dc1:636", "Service account", CheckStatus.Failed, "It is disabled.", "Enable it.") { ServerText = "data 533" };

    [Fact]
    public void Steps_appear_one_by_one_and_the_verdict_last()
    {
        var more = new TaskCompletionSource();
        Show(async (_, step) =>
        {
            if (step == Account)
            {
                await more.Task;
            }
        }, Port, Account);
        var page = Render<AdminDirectories>();

        page.WaitForAssertion(() => Assert.Equal(["Port"], Names(page)));
        Assert.Equal("Being tested", page.Find(".directory-verdict").TextContent.Trim());
        Assert.True(page.Find(".card-head button").HasAttribute("disabled"));

        more.SetResult();
        page.WaitForAssertion(() => Assert.Equal("Something is wrong", page.Find(".directory-verdict").TextContent.Trim()));
        Assert.Equal(["Port", "Service account"], Names(page));
        Assert.Contains("Enable it.", page.Find(".step-advice").TextContent, StringComparison.Ordinal);
        Assert.Equal("data 533", page.Find(".step pre").TextContent);
    }

    [Fact]
    public async Task A_test_can_be_run_again()
    {
        var runs = 0;
        Show((_, _) => Task.FromResult(runs++), Port);
        var page = Render<AdminDirectories>();
        page.WaitForAssertion(() => Assert.Equal("All in order", page.Find(".directory-verdict").TextContent.Trim()));

        await page.Find(".card-head button").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(2, runs));
        Assert.Equal(["Port"], Names(page));
    }

    [Fact]
    public void A_test_that_breaks_is_said_and_the_page_stays()
    {
        Show((_, _) => throw new InvalidOperationException("boom"), Port);
        var page = Render<AdminDirectories>();

        page.WaitForAssertion(() => Assert.Contains("broke off", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_sample_needs_nothing_and_a_domain_shows_the_delegation_to_copy()
    {
        Show((_, _) => Task.CompletedTask, Port);
        var page = Render<AdminDirectories>();

        Assert.Contains("nothing to set up", page.Find(".directory-sample").TextContent, StringComparison.Ordinal);
        Assert.Equal("dsacls it", page.Find(".delegation pre").TextContent);
        Assert.Equal("Copy the commands for dsacls", page.Find(".delegation button").GetAttribute("aria-label"));
    }

    [Fact]
    public void A_tenant_is_tested_too_and_has_no_commands_to_copy()
    {
        ComponentFactories.AddStub<ExpirationCard>();
        Services.AddSingleton(new DirectoryChecks([new CheckedStore(Sample with { Connection = StoreConnection.Graph }, _ => OnceAsync(), [])]));
        var page = Render<AdminDirectories>();

        page.WaitForAssertion(() => Assert.Equal("All in order", page.Find(".directory-verdict").TextContent.Trim()));
        Assert.Empty(page.FindAll(".delegation"));
        Assert.Equal(3, page.FindComponent<Stub<ExpirationCard>>().Instance.Parameters.Get(card => card.Store).Id);

        static async IAsyncEnumerable<CheckStep> OnceAsync()
        {
            await Task.CompletedTask;
            yield return Port;
        }
    }

    private static IEnumerable<string> Names(IRenderedComponent<AdminDirectories> page) => page.FindAll(".step-name").Select(name => name.TextContent);

    private void Show(Func<IdentityStore, CheckStep, Task> before, params CheckStep[] steps)
    {
        Services.AddSingleton(new DirectoryChecks(
        [
            new CheckedStore(Real, _ => RunAsync(), [new DelegationScript("dsacls", "dsacls it")]),
            new CheckedStore(Sample, null, []),
        ]));

        async IAsyncEnumerable<CheckStep> RunAsync()
        {
            foreach (var step in steps)
            {
                await before(Real, step);
                yield return step;
            }
        }
    }
}
