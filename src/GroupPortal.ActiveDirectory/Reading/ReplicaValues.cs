using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>An entry as rules see it: the vocabulary's values, each in the one form.</summary>
internal static class ReplicaValues
{
    public const string Member = "member";

    private static readonly IReadOnlyList<CriteriaAttribute> Replicated =
        [.. CriteriaVocabulary.For(StoreKind.ActiveDirectory).Attributes.Where(one => one is { IsReplicated: true, Ldap: not null, Name: not "memberOf" })];

    /// <summary>Texts for rules, names for the directory: with <see cref="LdapControls.ExtendedNames"/> they come with ids that nobody compares.</summary>
    private static readonly HashSet<string> NamesAsText = new(["homeMDB"], StringComparer.OrdinalIgnoreCase);

    public static readonly IReadOnlyList<string> Attributes =
    [
        .. Replicated.Select(one => one.Ldap!)
            .Concat(["objectClass", "uSNChanged", LinkedNames.FirstRange(Member), .. ProtectedGroups.Attributes])
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    public static ReplicaObject Of(LdapEntry entry, ObjectKind kind) =>
        new(entry.Guid("objectGUID")!.Value, kind, ExtendedName.Of(entry).Dn, [.. Values(entry)]);

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Values(LdapEntry entry)
    {
        foreach (var attribute in Replicated)
        {
            if (entry[attribute.Ldap!] is { Values.Count: > 0 } found)
            {
                string[] values = [.. found.Texts.Select(text => Canonical(attribute, text)).OfType<string>().Where(text => text.Length > 0)];
                if (values.Length > 0)
                {
                    yield return new(attribute.Name, values);
                }
            }
        }
    }

    /// <summary>Null for a value that means "none", or that is nothing of its syntax.</summary>
    internal static string? Canonical(CriteriaAttribute attribute, string text) => attribute.Syntax switch
    {
        CriteriaSyntaxes.Number or CriteriaSyntaxes.Flags =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        CriteriaSyntaxes.Boolean => text.ToUpperInvariant() is "TRUE" or "FALSE" ? text.ToUpperInvariant() : null,
        CriteriaSyntaxes.Time => (attribute.TimeForm == TimeForm.FileTime ? DirectoryTime.OfFileTime(text) : DirectoryTime.TryOf(text)) is { } time
            ? time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : null,
        CriteriaSyntaxes.Reference => ExtendedName.Of(text) is var name ? name.Id?.ToString("D") ?? name.Dn : null,
        _ => NamesAsText.Contains(attribute.Name) ? ExtendedName.Of(text).Dn : text,
    };
}
