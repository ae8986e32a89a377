using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Company;

/// <summary>An object and the container it is put into.</summary>
internal sealed record Placed(StoredObject Object, string ContainerDn);

/// <summary>A group that is there whatever the company is: the samples' groups, administrators' groups.</summary>
/// <param name="MemberAccounts">Accounts of people, or names of fixed groups before it.</param>
internal sealed record FixedGroup(Placed Group, IReadOnlyList<string> Owners, IReadOnlyList<string> MemberAccounts);

/// <summary>Where a kind of store puts the company's people, things and groups, and what it calls them.</summary>
internal abstract class CompanyLayout(IdentityStore store)
{
    protected static readonly long Founded = new DateTime(2019, 1, 7, 8, 0, 0, DateTimeKind.Utc).Ticks;

    protected DistinguishedName Base { get; } = DistinguishedName.Parse(store.BaseDn);

    protected IdentityStore Store => store;

    protected string Domain => store.Name;

    /// <summary>How many of a group's owners the directory itself keeps.</summary>
    public abstract int OwnersPerGroup { get; }

    /// <summary>The naming context, then what lies below, parents first.</summary>
    public abstract IEnumerable<(DistinguishedName Dn, string Name)> Containers { get; }

    /// <summary>Accounts beside the company's people.</summary>
    public abstract IEnumerable<Placed> Accounts { get; }

    /// <summary>Workstations or devices, by number.</summary>
    public abstract Placed Machine(int number, Guid id);

    public abstract Placed Person(Person person, Guid id);

    public abstract Placed Contact(string name, string partner, string mail, Guid id);

    public abstract Placed Group(CompanyGroup group, Guid id);

    public abstract IEnumerable<FixedGroup> FixedGroups { get; }

    /// <summary>The id that the API's samples give somebody, or null.</summary>
    public abstract Guid? FixedId(Person person);

    protected static StoredObject New(Guid id, ObjectKind kind, string name, DistinguishedName dn, long created) => new()
    {
        Id = id,
        Kind = kind,
        Name = name,
        Dn = dn.ToString(),
        Parent = 0,
        Created = created,
        Changed = created,
    };

    public static Guid IdOf(IdentityStore store, Subject subject, int index)
    {
        var numbers = SplitMix.For(subject, index, salt: 1 + (int)store.Kind);
        return numbers.Guid();
    }
}
