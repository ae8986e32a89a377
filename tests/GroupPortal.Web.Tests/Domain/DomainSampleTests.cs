using GroupPortal.Web.Tests.Api;

namespace GroupPortal.Web.Tests.Domain;

/// <summary>The samples against a real domain.</summary>
[Collection(DomainPortal.Collection)]
public sealed class DomainSampleTests(DomainPortal domain) : StaticSampleTests
{
    internal override ApiClient Ada => domain.Ada;

    protected override string Server => domain.Controller.Address.ToString();

    protected override bool HasCompany => false;
}
