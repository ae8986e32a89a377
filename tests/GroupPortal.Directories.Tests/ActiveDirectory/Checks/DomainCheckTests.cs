using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.ActiveDirectory.Connections;
using GroupPortal.Directories.Tests.Servers;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory.Checks;

/// <summary>The check, step by step, against a real domain controller.</summary>
[Collection(DomainControllerCollection.Name)]
public sealed class DomainCheckTests(DomainControllerFixture fixture) : IDisposable
{
    private const string Container = "OU=Groups,DC=demo,DC=local";
    private readonly DomainSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [SambaTheory]
    [InlineData("ldaps")]
    [InlineData("ldap")]
    public async Task A_delegated_account_passes_every_step(string scheme)
    {
        var steps = await RunAsync(options => options.Servers = [$"{scheme}://{fixture.Controller.Address}"]);

        Assert.All(steps, step => Assert.True(step.Status == CheckStatus.Ok, step.ToString()));
        Assert.Equal(
            ["Name", "Port", "Encryption and certificate", "Service account", "Base", "Clock", "Reading people", "Reading groups", "Creating groups", "Changing groups", "Roles"],
            steps.Select(step => step.Name));
        Assert.All(steps.Take(4), step => Assert.StartsWith($"{scheme}://{fixture.Controller.Address}:", step.Subject, StringComparison.Ordinal));
    }

    [SambaFact]
    public async Task Who_may_not_write_is_told_so_with_the_way_out()
    {
        await File.WriteAllTextAsync(Path.Combine(_settings.Folder, "password"), SambaDomainController.Lowly.Password);
        var steps = await RunAsync(options => options.Account = SambaDomainController.Lowly.BindName);

        Assert.Equal(["Creating groups", "Changing groups"], Failed(steps).Select(step => step.Name));
        Assert.Contains("lowly@demo.local may not create groups in OU=Groups", Failed(steps)[0].Found, StringComparison.Ordinal);
        Assert.Contains("member", Failed(steps)[1].Found, StringComparison.Ordinal);
        Assert.All(Failed(steps), step => Assert.Contains("delegation", step.Advice, StringComparison.Ordinal));
    }

    [SambaTheory]
    [InlineData("svc-groupportal@demo.local", "The name or the password of the service account is wrong.", "wrong")]
    [InlineData("disabled@demo.local", "The service account is disabled.")]
    [InlineData("expired@demo.local", "The service account has expired.")]
    [InlineData("mustchange@demo.local", "The service account must change its password at the next sign-in.")]
    public async Task An_account_that_cannot_sign_in_is_told_why(string account, string told, string? password = null)
    {
        await File.WriteAllTextAsync(Path.Combine(_settings.Folder, "password"), password ?? SambaDomainController.Disabled.Password);
        var steps = await RunAsync(options => options.Account = account);

        var failed = Assert.Single(Failed(steps));
        Assert.Equal(("Service account", told), (failed.Name, failed.Found));
        Assert.Contains("data ", failed.ServerText, StringComparison.Ordinal);
        Assert.All(steps.Skip(4), step => Assert.Equal(CheckStatus.Skipped, step.Status));
    }

    [SambaFact]
    public async Task A_wrong_password_is_tried_on_one_server_only()
    {
        await File.WriteAllTextAsync(Path.Combine(_settings.Folder, "password"), "wrong");
        var steps = await RunAsync(options => options.Servers = [$"ldaps://{fixture.Controller.Address}", $"ldap://{fixture.Controller.Address}"]);

        Assert.Equal([CheckStatus.Failed, CheckStatus.Skipped], steps.Where(step => step.Name == "Service account").Select(step => step.Status));
        Assert.Equal([CheckStatus.Ok, CheckStatus.Ok], steps.Where(step => step.Name == "Encryption and certificate").Select(step => step.Status));
    }

    [SambaTheory]
    [InlineData("ldaps://no-such-host.invalid", "Name", "The name leads to no address.")]
    [InlineData("ldaps://127.0.0.1:9", "Port", "Nothing listens at this port.")]
    public async Task A_server_that_is_not_there_is_told_by_its_step(string server, string step, string told)
    {
        var failed = Assert.Single(Failed(await RunAsync(options => options.Servers = [server])));

        Assert.Equal((step, told), (failed.Name, failed.Found));
        Assert.NotNull(failed.Advice);
    }

    [SambaFact]
    public async Task One_server_that_answers_is_enough_for_the_rest()
    {
        var steps = await RunAsync(options => options.Servers = ["ldaps://127.0.0.1:9", $"ldaps://{fixture.Controller.Address}"]);

        Assert.Equal("Port", Assert.Single(Failed(steps)).Name);
        Assert.Equal(CheckStatus.Ok, steps[^1].Status);
    }

    [SambaFact]
    public async Task A_certificate_of_an_unknown_authority_is_named_with_its_issuer()
    {
        var failed = Assert.Single(Failed(await RunAsync(options => options.Trust = DomainConnection.SystemTrust)));

        Assert.Equal("Encryption and certificate", failed.Name);
        Assert.Contains("is not trusted here", failed.Found, StringComparison.Ordinal);
    }

    [SambaFact]
    public async Task Another_base_is_told_with_the_right_one()
    {
        var failed = Assert.Single(Failed(await RunAsync(options => options.BaseDn = "DC=example,DC=com", "OU=Groups,DC=example,DC=com")));

        Assert.Equal("Base", failed.Name);
        Assert.Contains("DC=demo,DC=local", failed.Advice, StringComparison.Ordinal);
    }

    [SambaFact]
    public async Task A_container_that_is_not_there_is_told()
    {
        var failed = Assert.Single(Failed(await RunAsync(_ => { }, "OU=Nowhere,DC=demo,DC=local")));

        Assert.StartsWith("There is no OU=Nowhere", failed.Found, StringComparison.Ordinal);
    }

    [SambaFact]
    public async Task Groups_of_roles_that_are_not_there_are_named()
    {
        var failed = Assert.Single(Failed(await RunAsync(options => options.Roles = new DomainRoleOptions { Helpdesk = ["Nobody's", "Domain Users"] })));

        Assert.Equal(("Roles", "Not found, or not just once: Nobody's."), (failed.Name, failed.Found));
    }

    private static List<CheckStep> Failed(IReadOnlyList<CheckStep> steps) => [.. steps.Where(step => step.Status == CheckStatus.Failed)];

    private async Task<IReadOnlyList<CheckStep>> RunAsync(Action<DomainOptions> change, string container = Container)
    {
        var options = _settings.Of(fixture.Controller);
        change(options);
        var steps = new List<CheckStep>();
        await foreach (var step in new DomainCheck(_settings.Read(options), container, TimeProvider.System).RunAsync(CancellationToken.None))
        {
            steps.Add(step);
        }

        return steps;
    }
}
