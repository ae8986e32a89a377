using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Whom a rule selects now. Only <see cref="Ok"/> may lead to anybody's removal.</summary>
public abstract record SmartEvaluation
{
    private SmartEvaluation()
    {
    }

    /// <param name="Selected">
    /// Everybody, whole: criteria within types and paths, plus Include, minus Exclude, without the group itself. Those who are in
    /// by Include alone are marked.
    /// </param>
    /// <param name="AsOf">When the data was brought up to date last.</param>
    public sealed record Ok(IReadOnlyDictionary<Guid, SelectedObject> Selected, DateTimeOffset AsOf) : SmartEvaluation
    {
        /// <summary>
        /// Whom an Include names, no Exclude, and whom the data does not hold (of another domain, of another kind, or gone): not
        /// among the selected, and not to be removed.
        /// </summary>
        public IReadOnlySet<Guid> Unseen { get; init; } = new HashSet<Guid>();

        /// <summary>The data holds clearly fewer objects than before it was read anew: who is not in it may only be hidden.</summary>
        public bool IsShrunk { get; init; }
    }

    /// <summary>The query failed, or was cut short.</summary>
    public sealed record Failed(DirectoryError Error) : SmartEvaluation;

    /// <summary>The data could not be brought up to date; it is as old as this.</summary>
    public sealed record Stale(DateTimeOffset? AsOf) : SmartEvaluation;
}

/// <summary>The one seam between updates and whatever evaluates rules: the replica, or a test's own list.</summary>
public interface ISmartEvaluator
{
    /// <summary>Brings its data up to date first; exceptions count as of now.</summary>
    /// <param name="groupId">Never selected; null for a group that does not exist yet.</param>
    Task<SmartEvaluation> EvaluateAsync(int storeId, Guid? groupId, SmartRule rule, CancellationToken cancellation);

    /// <summary>As plans show them, by the data of the last evaluation; those whom it does not hold are left out.</summary>
    IReadOnlyDictionary<Guid, StepTarget> Describe(int storeId, IReadOnlyCollection<Guid> ids);
}
