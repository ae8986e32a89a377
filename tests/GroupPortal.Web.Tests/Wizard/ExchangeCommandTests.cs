using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Wizard;

namespace GroupPortal.Web.Tests.Wizard;

public sealed class ExchangeCommandTests
{
    // PowerShell takes the typographic quotes for plain ones: each could end the literal.
    [Theory]
    [InlineData("Sales", "'Sales'")]
    [InlineData("Ana's team", "'Ana''s team'")]
    [InlineData("x’; Remove-Mailbox -Identity y #", "'x’’; Remove-Mailbox -Identity y #'")]
    [InlineData("$(whoami) `n \"q\"", "'$(whoami) `n \"q\"'")]
    public void Whatever_a_group_is_called_it_stays_a_literal(string name, string literal) =>
        Assert.StartsWith(
            $"New-DistributionGroup -Name {literal} -Alias '",
            ExchangeCommand.For(new GroupDraft(), new NamingRules().Preview(name)),
            StringComparison.Ordinal);
}
