using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Tokens;

/// <summary>
/// Who may write. Applications have every permission unless taken from them; people write the groups they own, and
/// administrators all.
/// </summary>
internal sealed class Rights(DirectoryStore store)
{
    private readonly HashSet<Guid> _administrators = [];

    public bool MayManageRoleAssignable { get; set; } = true;

    public bool MayWrite { get; set; } = true;

    /// <summary>Member.Read.Hidden.</summary>
    public bool MayReadHidden { get; set; } = true;

    /// <summary>Kinds that applications have no permission to read: as members they show no more than type and id.</summary>
    public HashSet<ObjectKind> Unreadable { get; } = [];

    public void Promote(Guid person) => _administrators.Add(person);

    public bool IsAdministrator(Caller caller) => caller.Person is { } person && IsAdministrator(person);

    public bool IsAdministrator(Guid person) => _administrators.Contains(person);

    public void NeedWrite(Caller caller, DirectoryObject group)
    {
        if (!(caller.IsDelegated ? IsAdministrator(caller) || group.Group!.Owners.Contains(caller.Person!.Value) : MayWrite))
        {
            throw Errors.Denied();
        }

        if (group.Is("isAssignableToRole"))
        {
            NeedRoleManagement(caller);
        }
    }

    public void NeedRoleManagement(Caller caller)
    {
        if (!(caller.IsDelegated ? IsAdministrator(caller) : MayManageRoleAssignable))
        {
            throw Errors.Denied();
        }
    }

    /// <summary>To delete people and other objects.</summary>
    public void NeedDirectoryWrite(Caller caller)
    {
        if (!(caller.IsDelegated ? IsAdministrator(caller) : MayWrite))
        {
            throw Errors.Denied();
        }
    }

    public void NeedRead(Caller caller, ObjectKind kind)
    {
        if (!caller.IsDelegated && Unreadable.Contains(kind))
        {
            throw Errors.Denied();
        }
    }

    /// <summary>Hidden membership is for its own people, administrators, and applications with the permission.</summary>
    public void NeedMembers(Caller caller, DirectoryObject group)
    {
        if (group.Text("visibility") != "HiddenMembership")
        {
            return;
        }

        var mayRead = caller.Person is { } person
            ? IsAdministrator(person) || group.Group!.Members.Contains(person) || group.Group.Owners.Contains(person)
            : MayReadHidden;
        if (!mayRead)
        {
            throw Errors.Denied();
        }
    }

    /// <summary>Reads of everything are open to everybody but guests.</summary>
    public void NeedGroupRead(Caller caller)
    {
        if (caller.Person is { } person && store.Find(person)?.Text("userType") == "Guest")
        {
            throw Errors.Denied();
        }
    }
}
