using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>
/// All attributes of a group in one modify, each compared and exchanged: the value that goes is named, so that the server itself
/// refuses (16) when another stands there meanwhile, and a value that comes is added, which it refuses (20) beside another.
/// </summary>
internal static class ModifyRequest
{
    /// <summary>
    /// Owned by the SAM ([MS-SAMR] 3.1.1.8), which is documented to take replacements only; they are compared before they are sent.
    /// </summary>
    private static readonly HashSet<string> Replaced = new([AttributeNames.GroupType, AttributeNames.AccountName], StringComparer.OrdinalIgnoreCase);

    public static PreparedWrite Of(DirectoryWrite.ModifyGroup write, PresentGroup group, AttributeCatalog catalog)
    {
        var modifications = new List<LdapModification>();
        var outcomes = new List<StepOutcome>(write.Attributes.Count);
        foreach (var attribute in write.Attributes)
        {
            var present = group.Values(attribute.Attribute);
            var wished = WrittenValues.Of(attribute.Attribute, attribute.Values, catalog);
            if (WrittenValues.Same(present, wished))
            {
                outcomes.Add(new StepOutcome(attribute.Step, StepStatus.NoChange)); // whoever did it
                continue;
            }

            if (attribute.Expected is { } expected && !WrittenValues.Same(present, WrittenValues.Of(attribute.Attribute, expected, catalog)))
            {
                return PreparedWrite.Refused(new DirectoryError.Conflict(expected, present) { Attribute = attribute.Attribute });
            }

            outcomes.Add(StepOutcome.Done(attribute.Step));
            modifications.AddRange(Changes(attribute.Attribute, present, wished));
        }

        return new PreparedWrite(modifications.Count == 0 ? null : new LdapRequest.Modify(group.Name, modifications), outcomes);
    }

    /// <summary>
    /// As the plan left the group. Null where the server would not compare (what it only replaces), or the plan does not say what
    /// stands.
    /// </summary>
    public static PreparedWrite? AsPlanned(DirectoryWrite.ModifyGroup write, Guid group, AttributeCatalog catalog)
    {
        var modifications = new List<LdapModification>();
        foreach (var attribute in write.Attributes)
        {
            var definition = catalog.TryGet(attribute.Attribute, out var known) ? known : null;
            if (attribute.Expected is not { } expected || Replaced.Contains(attribute.Attribute) || definition is null or { IsMultiValued: true })
            {
                return null;
            }

            var changes = Changes(attribute.Attribute, WrittenValues.Of(attribute.Attribute, expected, catalog), WrittenValues.Of(attribute.Attribute, attribute.Values, catalog)).ToList();
            if (changes.Count == 0)
            {
                return null;
            }

            modifications.AddRange(changes);
        }

        return modifications.Count == 0
            ? null
            : new PreparedWrite(new LdapRequest.Modify(LdapName.FromGuid(group), modifications), [.. write.Attributes.Select(attribute => StepOutcome.Done(attribute.Step))]);
    }

    private static IEnumerable<LdapModification> Changes(string attribute, IReadOnlyList<string> present, IReadOnlyList<string> wished)
    {
        if (Replaced.Contains(attribute))
        {
            yield return new LdapModification(LdapChange.Replace, new LdapAttribute(attribute, wished));
            yield break;
        }

        string[] gone = [.. present.Except(wished, StringComparer.Ordinal)];
        string[] come = [.. wished.Except(present, StringComparer.Ordinal)];
        if (gone.Length > 0)
        {
            yield return new LdapModification(LdapChange.Delete, new LdapAttribute(attribute, gone));
        }

        if (come.Length > 0)
        {
            yield return new LdapModification(LdapChange.Add, new LdapAttribute(attribute, come));
        }
    }
}
