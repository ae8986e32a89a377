using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>What a refusal means for the write that it refused: the same text stands for different attributes in different writes.</summary>
internal static class Refusals
{
    public static async Task<DirectoryError> ExplainAsync(
        PinnedServer server, DirectoryWrite write, DirectoryError error, LdapName? group, CancellationToken cancellation) => (write, error) switch
        {
            (DirectoryWrite.ModifyGroup modify, DirectoryError.AccessDenied denied) when group is { } name =>
                await DeniedAsync(server, modify, denied, name, cancellation),
            (DirectoryWrite.CreateGroup create, DirectoryError.AccessDenied denied) => await DeniedAsync(server, create, denied, cancellation),
            (DirectoryWrite.ChangeMembers, DirectoryError.AccessDenied) => error with { Attribute = AttributeNames.Members },
            (DirectoryWrite.ChangeOwners, DirectoryError.AccessDenied or DirectoryError.NotFound { Attribute: not null }) =>
                error with { Attribute = AttributeNames.ManagedBy },
            (DirectoryWrite.MoveGroup, DirectoryError.AccessDenied { Attribute: null }) => error with { Attribute = AttributeNames.Name },
            // Of the names in these two, only the container's can be missing without being named.
            (DirectoryWrite.CreateGroup or DirectoryWrite.MoveGroup, DirectoryError.NotFound { Attribute: null }) => error with { Attribute = AttributeNames.Container },
            _ => error,
        };

    /// <summary>All that may not be written of it, so that the rest can go on at once.</summary>
    private static async Task<DirectoryError> DeniedAsync(
        PinnedServer server, DirectoryWrite.ModifyGroup write, DirectoryError.AccessDenied error, LdapName group, CancellationToken cancellation)
    {
        if (await EffectiveRights.AttributesAsync(server.Searches, group, cancellation) is not DirectoryAnswer<IReadOnlySet<string>?>.Ok({ } writable))
        {
            return error;
        }

        string[] denied = [.. write.Attributes.Select(attribute => attribute.Attribute).Where(name => !writable.Contains(name))];
        return denied is [var first, ..]
            ? error with { Attribute = first, Attributes = denied, Detail = Texts.Format("Write.RightsMissing") }
            : error;
    }

    private static async Task<DirectoryError> DeniedAsync(
        PinnedServer server, DirectoryWrite.CreateGroup write, DirectoryError.AccessDenied error, CancellationToken cancellation)
    {
        var container = DistinguishedName.Parse(write.Dn).Parent!;
        return await EffectiveRights.ClassesBelowAsync(server.Searches, Domain.NameOf(container), cancellation) is DirectoryAnswer<IReadOnlySet<string>?>.Ok({ } classes)
            && !classes.Contains("group")
            ? error with { Attribute = AttributeNames.Container, Detail = Texts.Format("Write.MayNotCreate") }
            : error;
    }
}
