using System.Diagnostics.CodeAnalysis;

namespace GroupPortal.GraphEmulation.Store;

/// <summary>The tenant's objects. Every use, reading too, holds <see cref="Gate"/>.</summary>
internal sealed class DirectoryStore(TimeProvider clock)
{
    private readonly Dictionary<Guid, DirectoryObject> _live = [];
    private readonly Dictionary<Guid, DirectoryObject> _deleted = [];
    private readonly Dictionary<string, DirectoryObject> _principalNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DirectoryObject>[] _kinds = [.. Enum.GetValues<ObjectKind>().Select(_ => new List<DirectoryObject>())];
    private readonly Dictionary<Guid, Tombstone> _tombstones = [];

    public Lock Gate { get; } = new();

    /// <summary>Counts up with each change; delta tokens are made of it.</summary>
    public long Change { get; private set; }

    public IEnumerable<Tombstone> Tombstones => _tombstones.Values;

    /// <summary>What an object is or was.</summary>
    public ObjectKind KindOf(Guid id) => Find(id)?.Kind ?? FindDeleted(id)?.Kind ?? _tombstones.GetValueOrDefault(id)?.Kind ?? ObjectKind.User;

    /// <summary>Told of every change of an object that is not a group, for the dynamic rules.</summary>
    public Action<DirectoryObject>? Changed { get; set; }

    public long Next() => ++Change;

    public IReadOnlyList<DirectoryObject> All(ObjectKind kind) => _kinds[(int)kind];

    public IEnumerable<DirectoryObject> Deleted => _deleted.Values;

    public bool IsVisible(DirectoryObject item) => item.VisibleFrom <= clock.GetUtcNow();

    public DirectoryObject? Find(Guid id) => _live.GetValueOrDefault(id);

    public DirectoryObject? FindDeleted(Guid id) => _deleted.GetValueOrDefault(id);

    /// <summary>One that reads may see.</summary>
    public bool TryRead(Guid id, [NotNullWhen(true)] out DirectoryObject? item) => _live.TryGetValue(id, out item) && IsVisible(item);

    public DirectoryObject? FindByPrincipalName(string name) => _principalNames.GetValueOrDefault(name);

    public DirectoryObject Create(Guid id, ObjectKind kind, TimeSpan lag, IEnumerable<KeyValuePair<string, object?>> values)
    {
        var item = new DirectoryObject(id, kind, Next(), clock.GetUtcNow() + lag);
        foreach (var (name, value) in values)
        {
            // What was never set is not told by delta.
            if (value is not null)
            {
                item.Set(name, value, item.Creation);
            }
        }

        Add(item);
        Changed?.Invoke(item);
        return item;
    }

    public void Set(DirectoryObject item, string property, object? value)
    {
        if (property == "userPrincipalName" && item.Text(property) is { } old)
        {
            _principalNames.Remove(old);
        }

        item.Set(property, value, Next());
        if (property == "userPrincipalName" && value is string name)
        {
            _principalNames[name] = item;
        }

        Changed?.Invoke(item);
    }

    public void SetManager(DirectoryObject person, Guid? manager)
    {
        person.FormerManager = person.Manager;
        person.Manager = manager;
        person.Touch("manager", Next());
        Changed?.Invoke(person);
    }

    public bool AddMember(DirectoryObject group, DirectoryObject member)
    {
        member.MemberOf.Add(group.Id);
        return group.Group!.Members.Add(member.Id, Next());
    }

    public bool RemoveMember(DirectoryObject group, Guid member)
    {
        Find(member)?.MemberOf.Remove(group.Id);
        return group.Group!.Members.Remove(member, Next());
    }

    public bool AddOwner(DirectoryObject group, DirectoryObject owner)
    {
        owner.OwnerOf.Add(group.Id);
        return group.Group!.Owners.Add(owner.Id, Next());
    }

    public bool RemoveOwner(DirectoryObject group, Guid owner)
    {
        Find(owner)?.OwnerOf.Remove(group.Id);
        return group.Group!.Owners.Remove(owner, Next());
    }

    /// <summary>Restorable for 30 days: groups and users; anything else is gone at once.</summary>
    public void Delete(DirectoryObject item, bool permanently = false)
    {
        permanently |= item.Kind is not (ObjectKind.Group or ObjectKind.User);
        if (_live.Remove(item.Id))
        {
            _kinds[(int)item.Kind].Remove(item);
            if (item.Text("userPrincipalName") is { } name)
            {
                _principalNames.Remove(name);
            }

            Unlink(item, forgetOwn: permanently);
        }

        if (permanently)
        {
            _deleted.Remove(item.Id);
        }
        else
        {
            item.Set("deletedDateTime", clock.GetUtcNow(), Next());
            _deleted[item.Id] = item;
        }

        _tombstones[item.Id] = new Tombstone(item.Id, item.Kind, Next(), !permanently);
        Changed?.Invoke(item);
    }

    public void Restore(DirectoryObject item)
    {
        _deleted.Remove(item.Id);
        _tombstones.Remove(item.Id);
        item.Set("deletedDateTime", null, Next());
        item.Appeared = Change;
        Add(item);
        foreach (var group in item.MemberOf.Select(Find).OfType<DirectoryObject>())
        {
            group.Group!.Members.Add(item.Id, Next());
        }

        foreach (var group in item.OwnerOf.Select(Find).OfType<DirectoryObject>())
        {
            group.Group!.Owners.Add(item.Id, Next());
        }

        if (item.Group is { } own)
        {
            Link(own.Members, member => member.MemberOf);
            Link(own.Owners, owner => owner.OwnerOf);
        }

        Changed?.Invoke(item);

        void Link(LinkSet links, Func<DirectoryObject, HashSet<Guid>> back)
        {
            foreach (var id in links.Ids.ToList())
            {
                if (Find(id) is { } other)
                {
                    back(other).Add(item.Id);
                }
                else
                {
                    links.Remove(id, Next());
                }
            }
        }
    }

    private void Add(DirectoryObject item)
    {
        _live.Add(item.Id, item);
        var list = _kinds[(int)item.Kind];
        // Lists keep the order of creation, because their page tokens do.
        var place = list.Count;
        while (place > 0 && list[place - 1].Creation > item.Creation)
        {
            place--;
        }

        list.Insert(place, item);
        if (item.Text("userPrincipalName") is { } name)
        {
            _principalNames[name] = item;
        }
    }

    /// <summary>Others no longer name it; a soft-deleted group keeps its own members for the way back, a soft-deleted person his groups.</summary>
    private void Unlink(DirectoryObject item, bool forgetOwn)
    {
        foreach (var group in item.MemberOf.Select(Find).OfType<DirectoryObject>())
        {
            group.Group!.Members.Remove(item.Id, Next());
        }

        foreach (var group in item.OwnerOf.Select(Find).OfType<DirectoryObject>())
        {
            group.Group!.Owners.Remove(item.Id, Next());
        }

        foreach (var member in item.Group?.Members.Ids ?? [])
        {
            Find(member)?.MemberOf.Remove(item.Id);
        }

        foreach (var owner in item.Group?.Owners.Ids ?? [])
        {
            Find(owner)?.OwnerOf.Remove(item.Id);
        }

        if (forgetOwn)
        {
            item.MemberOf.Clear();
            item.OwnerOf.Clear();
        }

        if (item.Kind != ObjectKind.User)
        {
            return;
        }

        foreach (var report in All(ObjectKind.User).Where(person => person.Manager == item.Id))
        {
            report.FormerManager = report.Manager;
            report.Manager = null;
            report.Touch("manager", Next());
        }
    }
}
