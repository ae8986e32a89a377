using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria;

/// <summary>What the meaning of a criterion needs besides the object: the instant that is now, and where references lead.</summary>
public sealed record CriteriaContext(DateTimeOffset Now)
{
    /// <summary>Nothing resolves and nobody is a member of anything, unless said.</summary>
    public ICriteriaReferences References { get; init; } = NoReferences.Instance;

    private sealed class NoReferences : ICriteriaReferences
    {
        public static readonly NoReferences Instance = new();

        public Guid? Find(DistinguishedName name) => null;

        public IReadOnlyList<Guid> MemberOf(Guid id) => [];

        public bool Reaches(Guid from, string attribute, Guid target, int? depth) => false;
    }
}

/// <summary>Where references lead, as one store has it.</summary>
public interface ICriteriaReferences
{
    /// <summary>The object of a name; null when the store has none.</summary>
    Guid? Find(DistinguishedName name);

    /// <summary>The groups that have the object as a direct member.</summary>
    IReadOnlyList<Guid> MemberOf(Guid id);

    /// <summary>
    /// Whether following a reference attribute (the vocabulary's name; memberOf through nested groups) leads from one object to
    /// another in one step or more, but no more than <paramref name="depth"/>. Cycle-safe.
    /// </summary>
    bool Reaches(Guid from, string attribute, Guid target, int? depth);
}
