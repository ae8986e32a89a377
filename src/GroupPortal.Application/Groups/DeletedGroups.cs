using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Groups;

/// <summary>Groups that are deleted and can still be had back, as plans want them.</summary>
internal static class DeletedGroups
{
    /// <summary>What is left of a deleted group; null where there is none of that id, or the store keeps none.</summary>
    public static async Task<DirectoryAnswer<GroupState?>> FindAsync(IDirectory directory, Guid id, CancellationToken cancellation)
    {
        if (directory.Tenant is not { } tenant)
        {
            return DirectoryAnswer.Ok<GroupState?>(null);
        }

        var answer = await tenant.DeletedAsync(id.ToString("D"), 0, 1, cancellation);
        return answer.Map(page => page.Items.FirstOrDefault(group => group.Id == id) is { } found ? State(directory.Store, found) : null);
    }

    private static GroupState State(IdentityStore store, DeletedGroup group) =>
        new(group.Id, DistinguishedName.Parse(store.BaseDn).Child("CN", group.Id.ToString("D")).ToString(), new GroupVersion(string.Empty, 0))
        {
            Attributes = AttributeValues.None
                .With(AttributeNames.DisplayName, group.Name)
                .With(AttributeNames.Name, group.Name)
                .With(AttributeNames.GroupType, group.GroupType.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .With(AttributeNames.Mail, group.Mail is { } mail ? [mail] : []),
            IsProtected = group.IsProtected,
        };
}
