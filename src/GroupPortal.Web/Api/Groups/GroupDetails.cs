using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Web.Api.Reading;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>The details of one group: one per attribute in the request's order and spelling, then what follows from it.</summary>
/// <param name="Type">Their <c>type</c>.</param>
/// <param name="Silence">The message of a line that has nothing to say: null, or empty on a create.</param>
internal sealed record GroupDetails(int Type, string? Silence)
{
    public static GroupDetails OfCreate { get; } = new(0, string.Empty);

    public static GroupDetails OfUpdate { get; } = new(8, null);

    /// <summary>An update names every attribute that was asked for and closes with the kind of the group, as the samples do.</summary>
    public IEnumerable<WireNode> Of(GroupAnswer answer, WireGroup request)
    {
        var nodes = ResultTree.Fold(string.Empty, string.Empty, answer.Rows).Children
            .ToDictionary(node => node.Name, StringComparer.OrdinalIgnoreCase);
        if (nodes.Count == 0 && answer.Rows.Count == 0)
        {
            yield break;
        }

        var written = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in request.Attributes.Select(attribute => attribute.Name))
        {
            if (!written.Add(name))
            {
                continue;
            }

            if (nodes.Remove(name, out var node))
            {
                yield return Node(answer, node, name);
            }
            else if (WireRequests.ReferencePath(name) is null)
            {
                yield return new WireNode(name, Type, Accepted(answer)) { Message = Silence };
            }
        }

        var closesWithKind = this == OfUpdate && written.Add(AttributeNames.ManagedGroupType) && !nodes.ContainsKey(AttributeNames.ManagedGroupType);
        foreach (var node in nodes.Values)
        {
            yield return Node(answer, node, node.Name);
        }

        if (closesWithKind)
        {
            yield return new WireNode(AttributeNames.ManagedGroupType, Type, Accepted(answer)) { Message = Silence };
        }
    }

    /// <summary>A field that only repeats what is known goes the way of the whole.</summary>
    private static WireStatus Accepted(GroupAnswer answer) => answer switch
    {
        { Status: WireStatus.Planned } => WireStatus.Planned,
        { IsApplied: true, Http: StatusCodes.Status200OK } => WireStatus.AsAsked,
        _ => WireStatus.NotAttempted,
    };

    private WireNode Node(GroupAnswer answer, ResultNode node, string name)
    {
        if (node.Children.Count == 0)
        {
            return Leaf(answer, node.Rows, name);
        }

        var statuses = node.Rows.Select(answer.StatusOf).ToHashSet();
        var failed = node.Rows.Where(row => answer.StatusOf(row) == WireStatus.Failed).ToList();
        return new WireNode(name, Type, WireStatuses.Together(statuses))
        {
            Message = failed.Count > 0 ? RowTexts.MessageOf(failed[0]) : Silence,
            ErrorCode = failed.Count > 0 ? RowTexts.CodeOf(failed[0]) : null,
            Details = node.Children.Select(child => Leaf(answer, child.Rows, child.Name)),
        };
    }

    private WireNode Leaf(GroupAnswer answer, IReadOnlyList<PlanRow> rows, string name)
    {
        var row = rows.FirstOrDefault(candidate => answer.StatusOf(candidate) == WireStatus.Failed) ?? rows[0];
        return new WireNode(name, Type, answer.StatusOf(row))
        {
            Message = RowTexts.MessageOf(row) ?? Silence,
            ErrorCode = RowTexts.CodeOf(row),
        };
    }
}
