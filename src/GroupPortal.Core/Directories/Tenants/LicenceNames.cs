namespace GroupPortal.Core.Directories.Tenants;

/// <summary>The part numbers that most tenants have, as Microsoft names the products in its shop and its invoices.</summary>
internal static class LicenceNames
{
    private static readonly Dictionary<string, string> Products = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AAD_PREMIUM"] = "Microsoft Entra ID P1",
        ["AAD_PREMIUM_P2"] = "Microsoft Entra ID P2",
        ["DESKLESSPACK"] = "Office 365 F3",
        ["DEVELOPERPACK_E5"] = "Microsoft 365 E5 Developer",
        ["EMS"] = "Enterprise Mobility + Security E3",
        ["EMSPREMIUM"] = "Enterprise Mobility + Security E5",
        ["ENTERPRISEPACK"] = "Office 365 E3",
        ["ENTERPRISEPREMIUM"] = "Office 365 E5",
        ["EXCHANGESTANDARD"] = "Exchange Online (Plan 1)",
        ["EXCHANGEENTERPRISE"] = "Exchange Online (Plan 2)",
        ["FLOW_FREE"] = "Microsoft Power Automate Free",
        ["INTUNE_A"] = "Microsoft Intune Plan 1",
        ["MICROSOFT_365_COPILOT"] = "Microsoft 365 Copilot",
        ["O365_BUSINESS"] = "Microsoft 365 Apps for business",
        ["O365_BUSINESS_ESSENTIALS"] = "Microsoft 365 Business Basic",
        ["O365_BUSINESS_PREMIUM"] = "Microsoft 365 Business Standard",
        ["OFFICESUBSCRIPTION"] = "Microsoft 365 Apps for enterprise",
        ["POWER_BI_PRO"] = "Power BI Pro",
        ["POWER_BI_STANDARD"] = "Microsoft Fabric (Free)",
        ["PROJECTPROFESSIONAL"] = "Project Plan 3",
        ["SPB"] = "Microsoft 365 Business Premium",
        ["SPE_E3"] = "Microsoft 365 E3",
        ["SPE_E5"] = "Microsoft 365 E5",
        ["SPE_F1"] = "Microsoft 365 F3",
        ["STANDARDPACK"] = "Office 365 E1",
        ["VISIOCLIENT"] = "Visio Plan 2",
    };

    public static string Of(string partNumber) => Products.GetValueOrDefault(partNumber, partNumber);
}
