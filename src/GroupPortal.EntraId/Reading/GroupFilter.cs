using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

/// <summary>The four types of the picker as a filter; <see cref="ObjectValues.GroupTypeOf"/> tells them by the same rules.</summary>
internal static class GroupFilter
{
    private const string IsUnified = "groupTypes/any(c:c eq 'Unified')";
    private const string IsTeam = "resourceProvisioningOptions/any(c:c eq 'Team')";

    /// <summary>Null for all groups.</summary>
    public static string? Of(IReadOnlyCollection<int>? types)
    {
        var wanted = (types ?? []).Distinct().Order().ToList();
        if (wanted.Count == 0 || Enum.GetValues<EntraGroupType>().All(type => wanted.Contains((int)type)))
        {
            return null;
        }

        var parts = wanted.Select(type => Of((EntraGroupType)type)).OfType<string>().ToList();
        // A number that is no type of Entra's is no group's.
        return parts.Count == 0 ? "displayName eq 'a' and displayName eq 'b'" : string.Join(" or ", parts.Select(part => parts.Count == 1 ? part : $"({part})"));
    }

    private static string? Of(EntraGroupType type) => type switch
    {
        EntraGroupType.Security => "mailEnabled eq false",
        EntraGroupType.Distribution => $"mailEnabled eq true and not({IsUnified})",
        EntraGroupType.Microsoft365 => $"{IsUnified} and not({IsTeam})",
        EntraGroupType.Teams => $"{IsUnified} and {IsTeam}",
        _ => null,
    };
}
