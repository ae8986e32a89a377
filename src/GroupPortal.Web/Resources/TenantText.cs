namespace GroupPortal.Web.Resources;

/// <summary>Names TenantText.resx: the texts of what a tenant of Entra ID has beside its directory, which have it as <c>E</c>.</summary>
public sealed class TenantText
{
    private TenantText()
    {
    }
}
