using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Groups;

/// <summary>What the values of a group must satisfy.</summary>
internal static class GroupChecks
{
    private const int LongestRule = 3072;

    public static void Text(string property, string? value, bool isUpdate)
    {
        var isWrong = property switch
        {
            "displayName" => string.IsNullOrWhiteSpace(value) || value.Length > 256,
            "mailNickname" => !IsNickname(value, allowDot: !isUpdate),
            "description" => value is "" or { Length: > 1024 },
            "membershipRule" => value is { Length: > LongestRule },
            "membershipRuleProcessingState" => value is not null && !Is(value, "On") && !Is(value, "Paused"),
            "visibility" => value is not null && !Is(value, "Private") && !Is(value, "Public") && !Is(value, "HiddenMembership"),
            "uniqueName" => value is "" or { Length: > 128 },
            _ => false,
        };
        if (isWrong)
        {
            throw Errors.InvalidValue(property, "Group");
        }
    }

    /// <summary>As Graph spells it, whatever the request wrote.</summary>
    public static string? Canonical(string property, string? value) => (property, value?.ToUpperInvariant()) switch
    {
        ("membershipRuleProcessingState", "ON") => "On",
        ("membershipRuleProcessingState", "PAUSED") => "Paused",
        ("visibility", "PRIVATE") => "Private",
        ("visibility", "PUBLIC") => "Public",
        ("visibility", "HIDDENMEMBERSHIP") => "HiddenMembership",
        _ => value,
    };

    /// <summary>Unique among Microsoft 365 groups.</summary>
    public static void Nickname(DirectoryStore store, string nickname, DirectoryObject? own)
    {
        foreach (var group in store.All(ObjectKind.Group))
        {
            if (group != own && group.Is("mailEnabled") && string.Equals(group.Text("mailNickname"), nickname, StringComparison.OrdinalIgnoreCase))
            {
                throw new GraphError(400, "Request_BadRequest", "Another object with the same value for property mailNickname already exists.")
                {
                    Details = [("mailNickname", "ObjectConflict", "Another object with the same value for property mailNickname already exists.")],
                };
            }
        }
    }

    private static bool IsNickname(string? value, bool allowDot)
    {
        if (string.IsNullOrEmpty(value) || value.Length > 64)
        {
            return false;
        }

        foreach (var character in value)
        {
            if (character is > '\u007f' or < ' ' || "@()\\[]\";:<>, ".Contains(character, StringComparison.Ordinal) || (character == '.' && !allowDot))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Is(string value, string wanted) => value.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
