namespace GroupPortal.TestDirectories.Samba;

/// <summary>
/// The least that the portal's account needs to manage the groups below one container. Reading is everybody's who has
/// signed in. What an administrator types instead of these entries:
/// <code>
/// dsacls "OU=Groups,DC=demo,DC=local" /I:T /G "DEMO\svc-groupportal:CCDC;group"
/// dsacls "OU=Groups,DC=demo,DC=local" /I:S /G "DEMO\svc-groupportal:WP;;group"
/// </code>
/// </summary>
internal static class Delegation
{
    /// <summary>The schema's GUID of the class group.</summary>
    private const string GroupClass = "bf967a9c-0de6-11d0-a285-00aa003049e2";

    public static TemplateGrant ToService { get; } = new(
        $"OU=Groups,{DemoDomain.BaseDn}",
        DemoAccounts.Dn(DemoAccounts.Service),
        [
            // Creates and deletes groups here and in containers below. This also covers moving between them.
            $"(OA;CI;CCDC;{GroupClass};;{{SID}})",
            // Writes any property of groups below: member, managedBy, and with name and cn the rename.
            $"(OA;CIIO;WP;;{GroupClass};{{SID}})",
        ]);
}
