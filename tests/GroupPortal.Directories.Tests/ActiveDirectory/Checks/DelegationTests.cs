using GroupPortal.ActiveDirectory;

namespace GroupPortal.Directories.Tests.ActiveDirectory.Checks;

public sealed class DelegationTests
{
    private const string Container = "OU=Groups,DC=example,DC=com";

    [Fact]
    public void The_commands_are_for_the_configured_account_and_container()
    {
        var scripts = Delegation.For(@"EXAMPLE\svc", Container);

        Assert.Equal(["dsacls", "PowerShell"], scripts.Select(script => script.Shell));
        Assert.Contains($"dsacls \"{Container}\" /I:T /G \"EXAMPLE\\svc:CCDC;group\"", scripts[0].Text, StringComparison.Ordinal);
        Assert.Contains($"dsacls \"{Container}\" /I:S /G \"EXAMPLE\\svc:RPWP;member;group\"", scripts[0].Text, StringComparison.Ordinal);
        Assert.Contains("-LDAPFilter '(sAMAccountName=svc)'", scripts[1].Text, StringComparison.Ordinal);
        Assert.Contains($"$container = '{Container}'", scripts[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_it_names_gives_more_than_groups()
    {
        var grants = Delegation.For("svc@example.com", Container)[0].Text.Split('\n').Where(line => line.StartsWith("dsacls", StringComparison.Ordinal));

        Assert.All(grants, grant => Assert.Matches(":CCDC;group\"$|:RPWP;[A-Za-z]+;group\"$", grant));
    }

    [Fact]
    public void An_account_by_its_name_is_filled_in_by_hand_for_dsacls() =>
        Assert.Contains("set ACCOUNT=EXAMPLE\\svc\n", Delegation.For("CN=svc,DC=example,DC=com", Container)[0].Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("OU=R%PATH%D,DC=example,DC=com")]
    [InlineData("OU=a\\\"& calc,DC=example,DC=com")]
    public void What_a_command_prompt_could_misread_is_left_to_PowerShell(string container) =>
        Assert.Equal("PowerShell", Assert.Single(Delegation.For("svc@example.com", container)).Shell);

    [Fact]
    public void A_quote_ends_no_text_of_PowerShell() =>
        Assert.Contains("$container = 'OU=O''Neil; calc,DC=example'", Delegation.For("svc@example.com", "OU=O'Neil; calc,DC=example")[1].Text, StringComparison.Ordinal);
}
