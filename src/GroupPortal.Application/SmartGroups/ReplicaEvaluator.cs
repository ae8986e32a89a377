using GroupPortal.Application.Replica;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Evaluates rules on the replica, which is read to the feed's end first.</summary>
internal sealed class ReplicaEvaluator(Replicas replicas, TimeProvider clock) : ISmartEvaluator
{
    private static readonly IReadOnlyDictionary<Guid, StepTarget> Nobody = new Dictionary<Guid, StepTarget>();

    public async Task<SmartEvaluation> EvaluateAsync(int storeId, Guid? groupId, SmartRule rule, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (replicas.Of(storeId) is not { } replica)
        {
            return new SmartEvaluation.Failed(new DirectoryError.NotFound());
        }

        if (await replica.BringUpToDateAsync(cancellation) is not DirectoryAnswer<DateTimeOffset>.Ok)
        {
            return replica.Status is { Error: { } error } ? new SmartEvaluation.Failed(error) : new SmartEvaluation.Stale(replica.Status.AsOf);
        }

        return replica.TryRead((view, asOf) => Of(view, rule, groupId, asOf) with { IsShrunk = replica.Status.Missing > 0 }, out var evaluation)
            ? evaluation
            : (SmartEvaluation)new SmartEvaluation.Stale(replica.Status.AsOf);
    }

    public IReadOnlyDictionary<Guid, StepTarget> Describe(int storeId, IReadOnlyCollection<Guid> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return replicas.Of(storeId) is { } replica && replica.TryRead((view, _) => Described(view, ids), out var described) ? described : Nobody;
    }

    private static Dictionary<Guid, StepTarget> Described(ReplicaView view, IReadOnlyCollection<Guid> ids) => ids
        .Select(id => (Id: id, Row: view.RowOf(id)))
        .Where(one => one.Row >= 0)
        .ToDictionary(one => one.Id, one => new StepTarget(one.Id, view.KindOf(one.Row), view.LabelOf(one.Row), view.DnOf(one.Row)));

    private SmartEvaluation.Ok Of(ReplicaView view, SmartRule rule, Guid? group, DateTimeOffset asOf)
    {
        var rows = view.Select(rule, group, clock.GetUtcNow());
        var selected = new Dictionary<Guid, SelectedObject>(rows.Selected.Count);
        foreach (var row in rows.Selected.Rows())
        {
            var id = view.IdOf(row);
            var kind = view.KindOf(row);
            selected.Add(id, new SelectedObject(id, kind, view.LabelOf(row), view.DnOf(row), rows.Excepted[row], kind == ObjectKind.Group ? GroupTypeOf(view, row) : null));
        }

        return new SmartEvaluation.Ok(selected, asOf) { Unseen = rows.Unseen.ToHashSet() };
    }

    private static int? GroupTypeOf(ReplicaView view, int row) =>
        view.ValuesOf(row, "groupType") is [var text, ..] && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var type) ? type : null;
}
