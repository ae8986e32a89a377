using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>A new name or container. By the present DN: a rename by GUID is answered with 32.</summary>
internal static class MoveRequest
{
    public static PreparedWrite Of(DirectoryWrite.MoveGroup write, PresentGroup group)
    {
        var wished = DistinguishedName.Parse(write.NewDn);
        var text = wished.ToString();
        if (string.Equals(text, group.Dn.ToString(), StringComparison.Ordinal))
        {
            return PreparedWrite.NoChange(write);
        }

        var parent = wished.Parent ?? throw new ArgumentException("A group has a container.", nameof(write));
        var firstLevel = LdapName.FromEscaped(text[..^(parent.ToString().Length + 1)]);
        LdapName? superior = parent.Equals(group.Dn.Parent) ? null : Domain.NameOf(parent);
        return new PreparedWrite(
            new LdapRequest.ModifyName(Domain.NameOf(group.Dn), firstLevel, superior),
            [.. write.MoveSteps.Select(StepOutcome.Done)]);
    }
}
