using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Naming;

/// <summary>validateProperties: the naming policy, asked on behalf of a person, and the nickname's uniqueness.</summary>
internal static class NamingEndpoints
{
    private const int LongestName = 63;

    private static readonly (string Token, string Property)[] Tokens =
    [
        ("[Department]", "department"), ("[CompanyName]", "companyName"), ("[Company]", "companyName"), ("[Office]", "officeLocation"),
        ("[StateOrProvince]", "state"), ("[CountryOrRegion]", "country"), ("[Title]", "jobTitle"),
    ];

    public static void Map(Routes routes)
    {
        routes.Map("POST", "directoryObjects/validateProperties", call =>
            (string?)call.Request.Body()["entityType"] is "Group" ? Validate(call, null) : throw Errors.BadRequest("Invalid value specified for 'entityType': only 'Group' is supported."));
        routes.Map("POST", "groups/{id}/validateProperties", call => Validate(call, call.Group()));
    }

    private static GraphResponse Validate(Call call, DirectoryObject? own)
    {
        var body = call.Request.Body();
        var (name, nickname) = ((string?)body["displayName"], (string?)body["mailNickname"]);
        if (name is null && nickname is null)
        {
            throw Errors.BadRequest("At least one of displayName and mailNickname is required.");
        }

        var person = Person(call, body);
        var details = new List<(string Target, string Code, string Message)>();
        // Global and user administrators are exempt from the policy; nobody is from uniqueness.
        if (person is null || !call.Tenant.Rights.IsAdministrator(person.Id))
        {
            Affixes(call, person, [("displayName", name), ("mailNickname", nickname)], details);
            if (details.Count == 0)
            {
                Words(call, [("displayName", name), ("mailNickname", nickname)], details);
            }
        }

        if (details.Count == 0 && nickname is not null)
        {
            try
            {
                GroupChecks.Nickname(call.Store, nickname, own);
            }
            catch (GraphError taken)
            {
                details.Add(("mailNickname", "PropertyConflict", taken.Message));
            }
        }

        return details.Count == 0
            ? GraphResponse.NoContent()
            : throw new GraphError(422, "Request_UnprocessableEntity", "The values provided contain one or more validation errors.") { Details = details };
    }

    private static DirectoryObject? Person(Call call, JsonObject body)
    {
        if ((string?)body["onBehalfOfUserId"] is { } text)
        {
            return Guid.TryParse(text, out var id) && call.Store.TryRead(id, out var person) && person.Kind == ObjectKind.User ? person : throw Errors.NotFound(text);
        }

        return call.Caller.Person is { } self ? call.Store.Find(self) : null;
    }

    /// <summary>Both names are told of at once, as Graph does when only these are wrong.</summary>
    private static void Affixes(Call call, DirectoryObject? person, (string Target, string? Value)[] names, List<(string, string, string)> details)
    {
        var prefix = Filled(call.Tenant.Options.NamingPolicy.Prefix, person);
        var suffix = Filled(call.Tenant.Options.NamingPolicy.Suffix, person);
        foreach (var (target, value) in names)
        {
            if (value is null)
            {
                continue;
            }

            if (!value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) || !value.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                details.Add((target, "MissingPrefixSuffix", $"The value of {target} must begin with '{prefix}' and end with '{suffix}'."));
            }
            else if (prefix.Length + suffix.Length > 0 && value.Length > LongestName)
            {
                details.Add((target, "InvalidLength", $"The value of {target} is longer than the naming policy allows."));
            }
        }
    }

    private static void Words(Call call, (string Target, string? Value)[] names, List<(string, string, string)> details)
    {
        var policy = call.Tenant.Options.NamingPolicy;
        foreach (var (target, value) in names)
        {
            var blocked = policy.BlockedWords.FirstOrDefault(word => string.Equals(word, value, StringComparison.OrdinalIgnoreCase));
            if (blocked is not null)
            {
                details.Add((target, "ContainsBlockedWord", $"Group name can't contain the blocked word '{blocked}'."));
                return;
            }
        }
    }

    private static string Filled(string pattern, DirectoryObject? person)
    {
        foreach (var (token, property) in Tokens)
        {
            pattern = pattern.Replace(token, person?.Text(property) ?? "", StringComparison.OrdinalIgnoreCase);
        }

        return pattern;
    }
}
