using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>managedBy, compared and exchanged: one owner or none, and the one that goes is named.</summary>
internal static class OwnerRequest
{
    public static PreparedWrite Of(DirectoryWrite.ChangeOwners write, PresentGroup group)
    {
        var before = group.Owner;
        if (before is { Id: null })
        {
            return PreparedWrite.Refused(new DirectoryError.AccessDenied { Attribute = AttributeNames.ManagedBy, ServerText = before.Dn });
        }

        var after = new List<Guid>(before?.Id is { } present ? [present] : []);
        var changed = write.Steps.Distinct().ToDictionary(step => step, _ => false);
        foreach (var owner in write.Owners)
        {
            var isThere = after.Contains(owner.Id);
            if (owner.Add && !isThere)
            {
                after.Add(owner.Id);
            }
            else if (!owner.Add && isThere)
            {
                after.Remove(owner.Id);
            }

            changed[owner.Step] |= owner.Add != isThere;
        }

        // Who sets an owner says whom it replaces: if another stands there, somebody was faster.
        if (after.Count > 1)
        {
            return PreparedWrite.Refused(new DirectoryError.Conflict([], before is null ? [] : [before.Name]) { Attribute = AttributeNames.ManagedBy });
        }

        var modifications = new List<LdapModification>();
        Guid? comes = after.Count == 1 ? after[0] : null;
        if (before?.Id is { } gone && gone != comes)
        {
            modifications.Add(new LdapModification(LdapChange.Delete, new LdapAttribute(PresentGroup.ManagedBy, MemberRequest.ValueOf(gone))));
        }

        if (comes is { } come && come != before?.Id)
        {
            modifications.Add(new LdapModification(LdapChange.Add, new LdapAttribute(PresentGroup.ManagedBy, MemberRequest.ValueOf(come))));
        }

        return new PreparedWrite(
            modifications.Count == 0 ? null : new LdapRequest.Modify(group.Name, modifications),
            [.. changed.Select(step => new StepOutcome(step.Key, step.Value ? StepStatus.Done : StepStatus.NoChange))]);
    }
}
