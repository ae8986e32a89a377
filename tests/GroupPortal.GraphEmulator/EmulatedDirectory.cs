using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;
using GroupPortal.GraphEmulation.Tokens;

namespace GroupPortal.GraphEmulation;

/// <summary>
/// The tenant's objects for tests, without rights and rules. Values go by Graph's property names: string, bool, number,
/// DateTimeOffset, string[], JSON, or null.
/// </summary>
public sealed class EmulatedDirectory
{
    private readonly Tenant _tenant;

    internal EmulatedDirectory(Tenant tenant) => _tenant = tenant;

    private DirectoryStore Store => _tenant.Store;

    /// <summary>A new person; without a userPrincipalName one is made of the id.</summary>
    public Guid AddUser(string displayName, params IReadOnlyList<(string Property, object? Value)> values) =>
        Add(ObjectKind.User, displayName, id => [("userPrincipalName", $"{id:N}@{_tenant.Options.Domain}"), ("accountEnabled", true), ("userType", "Member")], values);

    /// <summary>A new device.</summary>
    public Guid AddDevice(string displayName, params IReadOnlyList<(string Property, object? Value)> values) =>
        Add(ObjectKind.Device, displayName, id => [("deviceId", id.ToString()), ("accountEnabled", true)], values);

    /// <summary>A new service principal.</summary>
    public Guid AddServicePrincipal(string displayName, params IReadOnlyList<(string Property, object? Value)> values) =>
        Add(ObjectKind.ServicePrincipal, displayName, id => [("appId", id.ToString()), ("appDisplayName", displayName), ("accountEnabled", true)], values);

    /// <summary>A new organisational contact.</summary>
    public Guid AddContact(string displayName, params IReadOnlyList<(string Property, object? Value)> values) =>
        Add(ObjectKind.Contact, displayName, _ => [], values);

    /// <summary>A new group: a security group unless the values say otherwise.</summary>
    public Guid AddGroup(string displayName, params IReadOnlyList<(string Property, object? Value)> values)
    {
        lock (Store.Gate)
        {
            var all = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["displayName"] = displayName,
                ["mailNickname"] = string.Concat(displayName.Where(char.IsAsciiLetterOrDigit)),
                ["mailEnabled"] = false,
                ["securityEnabled"] = true,
                ["groupTypes"] = Array.Empty<string>(),
                ["createdDateTime"] = _tenant.Clock.GetUtcNow(),
            };
            Merge(all, values);
            var isUnified = ((string[])all["groupTypes"]!).Contains("Unified");
            all["mailEnabled"] = all["mailEnabled"] is true || isUnified;
            GroupDefaults.Fill(_tenant, all, isUnified);
            var group = Store.Create(Id(values), ObjectKind.Group, TimeSpan.Zero, all);
            _tenant.Dynamic.Schedule(group);
            return group.Id;
        }
    }

    /// <summary>Changes a property, read-only ones too (onPremisesSyncEnabled, assignedLicenses).</summary>
    public void Set(Guid id, string property, object? value) => On(id, item =>
    {
        Store.Set(item, Known(item.Kind, property), Value(value));
        if (item.Kind == ObjectKind.Group && property.StartsWith("membershipRule", StringComparison.Ordinal))
        {
            _tenant.Dynamic.Schedule(item);
        }
    });

    /// <summary>Null: nobody.</summary>
    public void SetManager(Guid person, Guid? manager) => On(person, item => Store.SetManager(item, manager));

    /// <summary>False: was one already.</summary>
    public bool AddMember(Guid group, Guid member)
    {
        lock (Store.Gate)
        {
            return Store.AddMember(Need(group), Need(member));
        }
    }

    /// <summary>False: was none.</summary>
    public bool RemoveMember(Guid group, Guid member)
    {
        lock (Store.Gate)
        {
            return Store.RemoveMember(Need(group), member);
        }
    }

    /// <summary>False: was one already.</summary>
    public bool AddOwner(Guid group, Guid owner)
    {
        lock (Store.Gate)
        {
            return Store.AddOwner(Need(group), Need(owner));
        }
    }

    /// <summary>False: was none.</summary>
    public bool RemoveOwner(Guid group, Guid owner)
    {
        lock (Store.Gate)
        {
            return Store.RemoveOwner(Need(group), owner);
        }
    }

    /// <summary>Groups and people can be restored unless deleted permanently.</summary>
    public void Delete(Guid id, bool permanently = false) => On(id, item => Store.Delete(item, permanently));

    /// <summary>It is there and not deleted.</summary>
    public bool Exists(Guid id)
    {
        lock (Store.Gate)
        {
            return Store.Find(id) is not null;
        }
    }

    /// <summary>It is deleted and can be restored.</summary>
    public bool IsInTheBin(Guid id)
    {
        lock (Store.Gate)
        {
            return Store.FindDeleted(id) is not null;
        }
    }

    /// <summary>Direct members, in the order they came.</summary>
    public IReadOnlyList<Guid> Members(Guid group) => Read(group, item => Ids(item.Group!.Members));

    /// <summary>Owners, in the order they came.</summary>
    public IReadOnlyList<Guid> Owners(Guid group) => Read(group, item => Ids(item.Group!.Owners));

    /// <summary>All ids of one kind, in the order of creation.</summary>
    public IReadOnlyList<Guid> All(ObjectKind kind)
    {
        lock (Store.Gate)
        {
            return [.. Store.All(kind).Select(item => item.Id)];
        }
    }

    /// <summary>One property as JSON shows it; null where it has none.</summary>
    public object? Value(Guid id, string property) => Read(id, item => item[Known(item.Kind, property)]);

    /// <summary>Every property that has a value, as JSON.</summary>
    public JsonObject Object(Guid id) => Read(id, item =>
    {
        var names = Schemas.Of(item.Kind).All.Select(property => property.Name).ToList();
        var projection = Projection.Of(names, [Schemas.Of(item.Kind)], isSingle: true, isBeta: true);
        var whole = (JsonObject)JsonNode.Parse(Http.JsonAnswer.Of(200, writer => projection.Write(writer, item)).Body.Span)!;
        foreach (var (name, _) in whole.Where(property => property.Value is null).ToList())
        {
            whole.Remove(name);
        }

        return whole;
    });

    /// <summary>By principal name, or its part before the @.</summary>
    public Guid Person(string name)
    {
        lock (Store.Gate)
        {
            return TokenEndpoint.Find(Store, name)?.Id ?? throw new ArgumentException($"There is nobody named {name}.", nameof(name));
        }
    }

    /// <summary>The first group with that display name.</summary>
    public Guid Group(string displayName)
    {
        lock (Store.Gate)
        {
            return Store.All(ObjectKind.Group).FirstOrDefault(group => group.Text("displayName") == displayName)?.Id
                ?? throw new ArgumentException($"There is no group named {displayName}.", nameof(displayName));
        }
    }

    /// <summary>A person may write everything from now on.</summary>
    public void MakeAdministrator(Guid person)
    {
        lock (Store.Gate)
        {
            _tenant.Rights.Promote(person);
        }
    }

    /// <summary>What applications may: write at all, and create and change role-assignable groups.</summary>
    public void SetApplicationRights(bool mayWrite, bool mayManageRoleAssignable)
    {
        lock (Store.Gate)
        {
            _tenant.Rights.MayWrite = mayWrite;
            _tenant.Rights.MayManageRoleAssignable = mayManageRoleAssignable;
        }
    }

    /// <summary>Whether applications may read the members of groups with hidden membership (Member.Read.Hidden).</summary>
    public void SetHiddenMembersReadable(bool areReadable)
    {
        lock (Store.Gate)
        {
            _tenant.Rights.MayReadHidden = areReadable;
        }
    }

    /// <summary>Kinds that applications have no permission to read: lists of them are refused, and as members they show type and id only.</summary>
    public void SetUnreadable(params IReadOnlyList<ObjectKind> kinds)
    {
        lock (Store.Gate)
        {
            _tenant.Rights.Unreadable.Clear();
            _tenant.Rights.Unreadable.UnionWith(kinds);
        }
    }

    internal static Guid Id(IReadOnlyList<(string Property, object? Value)> values) =>
        values.FirstOrDefault(value => value.Property == "id").Value switch
        {
            Guid id => id,
            string text => Guid.Parse(text),
            _ => Guid.NewGuid(),
        };

    private static IReadOnlyList<Guid> Ids(LinkSet links) => [.. links.After(-1).ToArray().Select(link => link.Id)];

    private static object? Value(object? value) => value switch
    {
        int number => (long)number,
        Guid id => id.ToString(),
        _ => value,
    };

    private static string Known(ObjectKind kind, string property) =>
        Schemas.Of(kind).Find(property)?.Name ?? throw new ArgumentException($"A {kind} has no property {property}.", nameof(property));

    private static void Merge(Dictionary<string, object?> all, IReadOnlyList<(string Property, object? Value)> values)
    {
        foreach (var (name, value) in values.Where(value => value.Property != "id"))
        {
            all[name] = Value(value);
        }
    }

    private Guid Add(ObjectKind kind, string displayName, Func<Guid, (string, object?)[]> defaults, IReadOnlyList<(string Property, object? Value)> values)
    {
        lock (Store.Gate)
        {
            var id = Id(values);
            var all = new Dictionary<string, object?>(StringComparer.Ordinal) { ["displayName"] = displayName, ["createdDateTime"] = _tenant.Clock.GetUtcNow() };
            Merge(all, defaults(id));
            Merge(all, values);
            foreach (var name in all.Keys)
            {
                Known(kind, name);
            }

            return Store.Create(id, kind, TimeSpan.Zero, all).Id;
        }
    }

    private DirectoryObject Need(Guid id) => Store.Find(id) ?? throw new ArgumentException($"There is no object {id}.", nameof(id));

    private T Read<T>(Guid id, Func<DirectoryObject, T> read)
    {
        lock (Store.Gate)
        {
            _tenant.Settle();
            return read(Need(id));
        }
    }

    private void On(Guid id, Action<DirectoryObject> change)
    {
        lock (Store.Gate)
        {
            _tenant.Settle();
            change(Need(id));
        }
    }
}
