using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;

namespace GroupPortal.Core.Tests.Groups;

public sealed class ProxyAddressesTests
{
    [Theory]
    [InlineData("SMTP:a@x.org|smtp:b@x.org|x500:/o=Org/cn=a|SIP:a@x.org", null)]
    [InlineData("SMTP:a@x.org|smtp:A@X.org", "ProxyAddressTwice")]
    [InlineData("SMTP:a@x.org|SMTP:b@x.org", "ProxyAddressTwoMain")]
    [InlineData("a@x.org", "ProxyAddressShape")]
    [InlineData("smtp:", "ProxyAddressShape")]
    [InlineData("smtp:no address", "ProxyAddressShape")]
    [InlineData("", null)]
    public void Addresses_have_a_kind_stand_once_and_have_one_main_of_each_kind(string addresses, string? code)
    {
        Assert.Equal(code, ProxyAddresses.WhyNot(addresses.Split('|', StringSplitOptions.RemoveEmptyEntries)));
        Assert.True(code is null || Texts.Has("Problem." + code));
    }
}
