using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Plans;

/// <summary>Limits of the guard on one store.</summary>
/// <param name="RemovePercent">Removing this share of the members or more is held.</param>
/// <param name="RemoveExempt">Groups with fewer members than this are held by <paramref name="RemoveCount"/> only.</param>
/// <param name="RemoveCount">Removing this many or more is held, whatever the share.</param>
/// <param name="AddCount">Adding this many or more to an existing group is held.</param>
public sealed record GuardLimits(int RemovePercent = 50, int RemoveExempt = 20, int RemoveCount = 500, int AddCount = 5000);

/// <summary>Whom a rule that Entra ID applies by itself brings and takes, as the portal evaluates it beforehand.</summary>
/// <param name="Adds">Those who would come.</param>
/// <param name="Removes">Those who would go.</param>
/// <param name="Present">Members that stand now.</param>
public sealed record EntraRuleEffect(long Adds, long Removes, long Present)
{
    /// <summary>The rule could not be evaluated now: nobody can tell who comes and goes.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>The data that the rule was asked of holds clearly fewer objects than before it was read anew.</summary>
    public bool IsShrunk { get; init; }
}

/// <summary>
/// All that the planner may know: what the application looked up for one request. The planner asks nobody, so the same
/// facts always give the same plan.
/// </summary>
public sealed record PlanFacts
{
    public required IdentityStore Store { get; init; }

    public required AttributeCatalog Catalog { get; init; }

    public required StoreCapabilities Capabilities { get; init; }

    public NamingRules Naming { get; init; } = new();

    public GuardLimits Guard { get; init; } = new();

    public StoreAccess Access { get; init; } = new();

    public required Person Requester { get; init; }

    /// <summary>The requester's own object in this store; null where nobody matches.</summary>
    public DirectoryObject? RequesterObject { get; init; }

    /// <summary>Whether the requester is a direct member of the group now.</summary>
    public bool RequesterIsMember { get; init; }

    /// <summary>The group as it stands; null for a create, or when it was not found.</summary>
    public GroupState? Group { get; init; }

    /// <summary>What each reference of the request led to, keyed as given, without regard to case.</summary>
    public IReadOnlyDictionary<string, ReferenceMatch> References { get; init; } =
        new Dictionary<string, ReferenceMatch>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Those of the referenced objects that are direct members now; for a Set, all members there are.
    /// </summary>
    public IReadOnlySet<Guid> PresentMembers { get; init; } = new HashSet<Guid>();

    /// <summary>Members that a Set would remove, as objects, so that their lines can name them.</summary>
    public IReadOnlyDictionary<Guid, DirectoryObject> LeavingMembers { get; init; } = new Dictionary<Guid, DirectoryObject>();

    /// <summary>Groups that contain this group; as a member each would close a loop.</summary>
    public IReadOnlySet<Guid> Ancestors { get; init; } = new HashSet<Guid>();

    /// <summary>Which of the names that the plan would give are taken.</summary>
    public IReadOnlyList<NameInUse> NamesInUse { get; init; } = [];

    /// <summary>Whether the container of a create or move exists and may hold groups.</summary>
    public bool ContainerExists { get; init; } = true;

    /// <summary>What reading the criteria that the group would have gave (<see cref="GroupPlanner.CriteriaOf"/>); null where the request has nothing to say of them.</summary>
    public CriteriaReading? Criteria { get; init; }

    /// <summary>Of a static group that becomes smart: the members whom its new rule misses. They stay, as exceptions.</summary>
    public IReadOnlyCollection<Guid> KeptByException { get; init; } = [];

    /// <summary>
    /// Of an existing group that is given another rule of Entra ID's own: what that does to its members. Null where its rule stays,
    /// and where there is none to be.
    /// </summary>
    public EntraRuleEffect? RuleEffect { get; init; }

    /// <summary>What the tenant says of the request beside its directory; null where the store is no tenant.</summary>
    public TenantFacts? Tenant { get; init; }

    /// <summary>What the portal's own account may write there.</summary>
    public AccountRights Rights { get; init; } = AccountRights.All;

    /// <summary>Where new groups go when the request names no container.</summary>
    public required string DefaultContainer { get; init; }
}
