using System.Globalization;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>The bits of AD's flag attributes that people know by name ([MS-ADTS] 2.2.16 and 2.2.12).</summary>
internal static class FlagNames
{
    private static readonly (string Key, long Bit)[] Accounts =
    [
        ("Disabled", 0x2), ("HomeFolder", 0x8), ("LockedOut", 0x10), ("PasswordNotRequired", 0x20), ("CannotChangePassword", 0x40),
        ("NormalAccount", 0x200), ("WorkstationTrust", 0x1000), ("ServerTrust", 0x2000), ("PasswordNeverExpires", 0x10000),
        ("SmartcardRequired", 0x40000), ("TrustedForDelegation", 0x80000), ("NotDelegated", 0x100000), ("NoPreauthentication", 0x400000),
        ("PasswordExpired", 0x800000),
    ];

    private static readonly (string Key, long Bit)[] Groups =
        [("CreatedBySystem", 0x1), ("Global", 0x2), ("DomainLocal", 0x4), ("Universal", 0x8), ("Security", 0x80000000)];

    public static IReadOnlyList<(string Key, long Bit)> Of(string attribute) =>
        string.Equals(attribute, "userAccountControl", StringComparison.OrdinalIgnoreCase) ? Accounts
        : string.Equals(attribute, "groupType", StringComparison.OrdinalIgnoreCase) ? Groups
        : [];

    /// <summary>The bits of a decimal; a negative one is the 32-bit number that AD stores it as.</summary>
    public static long BitsOf(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number < 0 ? number & 0xFFFFFFFF : number : 0;

    public static string Toggled(string value, long bit) => (BitsOf(value) ^ bit) is var bits and not 0 ? bits.ToString(CultureInfo.InvariantCulture) : "";
}
