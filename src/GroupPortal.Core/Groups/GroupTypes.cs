using System.Globalization;

namespace GroupPortal.Core.Groups;

/// <summary>Entra ID's picker values, as the API writes them in <c>GroupType</c> on an Entra store.</summary>
/// <remarks>Never to be mixed with <see cref="AdGroupType"/>: 4 and 8 mean different things in the two.</remarks>
public enum EntraGroupType
{
    Security = 4,
    Distribution = 8,
    Microsoft365 = 16,
    Teams = 32,
}

public enum AdGroupScope
{
    Global = 2,
    DomainLocal = 4,
    Universal = 8,
}

/// <summary>Active Directory's native <c>groupType</c> (MS-ADTS 2.2.12): a scope, and one bit that makes it a security group.</summary>
public readonly record struct AdGroupType(AdGroupScope Scope, bool IsSecurity)
{
    private const int SecurityBit = unchecked((int)0x80000000);

    /// <summary>The signed 32-bit value that the directory stores: -2147483640 for universal security.</summary>
    public int Value => (int)Scope | (IsSecurity ? SecurityBit : 0);

    public string Text => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the signed form and the unsigned one (2147483656); exactly one scope must be set and no other bit.</summary>
    public static bool TryParse(string? text, out AdGroupType type)
    {
        type = default;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number is >= int.MinValue and <= uint.MaxValue
            && TryFrom(unchecked((int)number), out type);
    }

    public static bool TryFrom(int value, out AdGroupType type)
    {
        var scope = (AdGroupScope)(value & ~SecurityBit);
        type = new AdGroupType(scope, (value & SecurityBit) != 0);
        return Enum.IsDefined(scope);
    }
}

public static class EntraGroupTypes
{
    public static bool TryParse(string? text, out EntraGroupType type)
    {
        type = default;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Enum.IsDefined(type = (EntraGroupType)number);
    }

    public static string Text(this EntraGroupType type) => ((int)type).ToString(CultureInfo.InvariantCulture);

    /// <summary>Microsoft 365 groups and teams: users only, a mailbox, a visibility.</summary>
    public static bool IsUnified(this EntraGroupType type) => type is EntraGroupType.Microsoft365 or EntraGroupType.Teams;
}

/// <summary>Who may join: owners decide (Private), on approval (SemiPrivate), anybody (Public). Kept by the portal.</summary>
public enum GroupSecurityType
{
    Private,
    SemiPrivate,
    Public,
}

public static class GroupSecurityTypes
{
    /// <summary>The wire's spelling: <c>Semi_Private</c>.</summary>
    public static string Wire(this GroupSecurityType type) => type == GroupSecurityType.SemiPrivate ? "Semi_Private" : type.ToString();

    public static bool TryParse(string? text, out GroupSecurityType type)
    {
        type = default;
        var known = text?.Replace("_", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
        return known is not null
            && !int.TryParse(known, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            && Enum.TryParse(known, ignoreCase: true, out type)
            && Enum.IsDefined(type);
    }
}

/// <summary>Who decides the members: people, the portal by a criterion, or Entra by a rule of its own.</summary>
public enum Membership
{
    Static = 1,
    Smart = 2,
    Dynamic = 3,
}
