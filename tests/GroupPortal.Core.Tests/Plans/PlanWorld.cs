using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Tests.Plans;

/// <summary>A small directory in the head: enough facts to plan against, changed by each test where it differs.</summary>
internal sealed class PlanWorld
{
    public static readonly IdentityStore Ad = new(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Embedded, "DC=demo,DC=local", "DC.demo.local");
    public static readonly IdentityStore Entra = new(3, "5cjshm.onmicrosoft.com", StoreKind.EntraId, StoreConnection.Embedded, "DC=5cjshm,DC=onmicrosoft,DC=com", "");

    private readonly Dictionary<string, ReferenceMatch> _references = new(StringComparer.OrdinalIgnoreCase);
    private readonly IdentityStore _store;

    public PlanWorld(IdentityStore store)
    {
        _store = store;
        Ada = Person("Ada Winter", "ada");
        Uma = Person("Uma Devi", "uma");
    }

    public DirectoryObject Ada { get; }

    public DirectoryObject Uma { get; }

    public PortalRole Role { get; set; } = PortalRole.Administrator;

    public bool HasExchange { get; set; } = true;

    public static PlanWorld OfAd() => new(Ad);

    public static PlanWorld OfEntra() => new(Entra);

    public DirectoryObject Person(string label, string account) => Known(new DirectoryObject(
        Guid.NewGuid(), ObjectKind.User, label, $"CN={label},OU=Staff,{_store.BaseDn}") { AccountName = account, DisplayName = label });

    public DirectoryObject Group(string label, int type) => Known(new DirectoryObject(
        Guid.NewGuid(), ObjectKind.Group, label, $"CN={label},OU=Groups,{_store.BaseDn}") { GroupType = type });

    public DirectoryObject Of(ObjectKind kind, string label) => Known(new DirectoryObject(
        Guid.NewGuid(), kind, label, $"CN={label},{_store.BaseDn}"));

    public void Ambiguous(string reference, params IReadOnlyList<DirectoryObject> candidates) =>
        _references[reference] = new ReferenceMatch.Ambiguous(candidates);

    public PlanFacts Facts() => new()
    {
        Store = _store,
        Catalog = AttributeCatalogs.For(_store.Kind),
        Capabilities = new StoreCapabilities(HasMailNickname: true, HasExchange, HasTeams: true, MembersPerWrite: 1000),
        Requester = new Person("ada", "Ada Winter", Role),
        RequesterObject = Ada,
        References = _references,
        DefaultContainer = _store.Kind == StoreKind.ActiveDirectory ? "OU=Groups,DC=demo,DC=local" : _store.BaseDn,
    };

    public GroupState State(int type, params IReadOnlyList<DirectoryObject> owners) =>
        new(Guid.NewGuid(), $"CN=DemoGroup,OU=Groups,{_store.BaseDn}", new GroupVersion("7", 0))
        {
            Attributes = AttributeValues.None
                .With(AttributeNames.Name, "DemoGroup")
                .With(AttributeNames.DisplayName, "DemoGroup")
                .With(AttributeNames.AccountName, "DemoGroup")
                .With(AttributeNames.GroupType, type.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .With(AttributeNames.Description, "as it was")
                .With(AttributeNames.SecurityType, "Private")
                .With(AttributeNames.ManagedGroupType, "1"),
            Owners = owners,
            HasPrimaryOwner = owners.Count > 0,
        };

    public static GroupRequest Create(string name, params IReadOnlyList<AttributeChange> attributes) =>
        new() { Kind = PlanKind.Create, Name = name, Attributes = attributes };

    public static GroupRequest Update(GroupState group, params IReadOnlyList<AttributeChange> attributes) =>
        new() { Kind = PlanKind.Update, GroupId = group.Id, Attributes = attributes };

    public static AttributeChange Set(string name, params IReadOnlyList<string> values) => new(name, ChangeMode.Set, values);

    public static GroupPlan Plan(GroupRequest request, PlanFacts facts) => GroupPlanner.Plan(Guid.NewGuid(), request, facts);

    private DirectoryObject Known(DirectoryObject one)
    {
        _references[one.Id.ToString()] = new ReferenceMatch.Found(one);
        _references[one.Label] = new ReferenceMatch.Found(one);
        return one;
    }
}
