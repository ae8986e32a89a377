namespace GroupPortal.Web.Auth;

public static class PortalRoles
{
    public const string Administrator = "Administrator";
    public const string Helpdesk = "Helpdesk";
    public const string User = "User";
}
