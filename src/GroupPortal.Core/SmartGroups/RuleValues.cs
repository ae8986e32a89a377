using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.SmartGroups;

/// <summary>
/// The parts of a rule as values of attributes, so that plan, result, history and API hold them like any other value.
/// <list type="bullet">
/// <item>A start path is its DN; another scope than the subtree stands before it, <c>1;OU=Sales,DC=demo,DC=local</c>.</item>
/// <item>An exception is <c>guid|until|by|reason</c>; what follows the GUID may be left out. Until is ISO 8601, UTC.</item>
/// <item>A language is <c>groupid</c>, <c>ldap</c> or <c>entra</c>.</item>
/// </list>
/// </summary>
public static class RuleValues
{
    private const char Field = '|';
    private const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static string Write(StartPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Scope == StartScope.Subtree ? path.Dn : string.Create(CultureInfo.InvariantCulture, $"{(int)path.Scope};{path.Dn}");
    }

    /// <summary>A DN with its scope; <c>GC=server</c>, the vendor's word for a whole forest, is not one of a container.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StartPath? path)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scope = StartScope.Subtree;
        var dn = text;
        if (text is [>= '0' and <= '2', ';', ..])
        {
            scope = (StartScope)(text[0] - '0');
            dn = text[2..];
        }

        path = DistinguishedName.TryParse(dn, out var name) ? new StartPath(name.ToString(), scope) : null;
        return path is not null;
    }

    public static string Write(MembershipException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return string.Join(Field, exception.Id.ToString("D"), exception.Until is { } until ? Write(until) : null, exception.By.Replace(Field, ' '), exception.Reason)
            .TrimEnd(Field);
    }

    /// <summary>When an exception ends: ISO 8601, UTC.</summary>
    public static string Write(DateTimeOffset until) => until.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);

    public static bool TryParse(string text, [NotNullWhen(true)] out MembershipException? exception)
    {
        ArgumentNullException.ThrowIfNull(text);
        exception = null;
        var fields = text.Split(Field, 4);
        if (!Guid.TryParse(fields[0], out var id))
        {
            return false;
        }

        DateTimeOffset? until = null;
        if (fields.Length > 1 && fields[1].Length > 0)
        {
            if (!DateTimeOffset.TryParse(fields[1], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end))
            {
                return false;
            }

            until = end;
        }

        exception = new MembershipException(id, fields.Length > 3 ? fields[3] : string.Empty, until, fields.Length > 2 ? fields[2] : string.Empty);
        return true;
    }

    /// <summary>Whom an exception concerns; null for what is none.</summary>
    public static Guid? IdOf(string exception) => TryParse(exception, out MembershipException? parsed) ? parsed.Id : null;

    public static string Write(CriteriaLanguage language) => language switch
    {
        CriteriaLanguage.GroupId => "groupid",
        CriteriaLanguage.Ldap => "ldap",
        CriteriaLanguage.Entra => "entra",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, message: null),
    };

    /// <summary>Nothing is GroupID's, the language of the API's samples.</summary>
    public static bool TryParse(string? text, out CriteriaLanguage language)
    {
        (var isKnown, language) = text?.ToUpperInvariant() switch
        {
            null or "" or "GROUPID" => (true, CriteriaLanguage.GroupId),
            "LDAP" => (true, CriteriaLanguage.Ldap),
            "ENTRA" => (true, CriteriaLanguage.Entra),
            _ => (false, CriteriaLanguage.GroupId),
        };
        return isKnown;
    }

    public static bool TryParse(string text, out QueryObjectType type)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        type = (QueryObjectType)number;
        return isNumber && Enum.IsDefined(type);
    }
}
