using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.SmartGroups.Import;

/// <summary>
/// A rule for a group that has none, from what its members have in common. A proposal and no more: it is shown with whom it
/// would bring in, and those whom it misses stay by exception. Pure.
/// </summary>
internal static class SharedValues
{
    /// <summary>Fewer have something in common by chance.</summary>
    private const int FewestMembers = 3;

    /// <summary>Of all members.</summary>
    private const double Share = 0.9;

    private static readonly (string[] Names, Func<DirectoryObject, string?> Value)[] Asked =
    [
        (["department"], member => member.Department),
        (["physicalDeliveryOfficeName"], member => member.Office),
        (["title", "jobTitle"], member => member.Title),
    ];

    /// <summary>The values that nearly all share, all of them asked for; null where there are none.</summary>
    public static Criterion? Of(IReadOnlyCollection<DirectoryObject> members, CriteriaVocabulary vocabulary)
    {
        if (members.Count < FewestMembers || members.Any(member => member.Kind != ObjectKind.User))
        {
            return null;
        }

        var clauses = new List<Criterion>();
        foreach (var (names, valueOf) in Asked)
        {
            var attribute = names.Select(name => vocabulary.TryGet(name, out var found) ? found : null).FirstOrDefault(found => found is not null);
            var most = members.Select(valueOf).OfType<string>().Where(value => value.Trim().Length > 0)
                .GroupBy(value => value, StringComparer.OrdinalIgnoreCase).MaxBy(group => group.Count());
            if (attribute is not null && most is not null && most.Count() >= members.Count * Share)
            {
                clauses.Add(new Criterion.Compare(attribute.Name, CompareOperator.Equals, most.Key));
            }
        }

        return clauses switch
        {
            [] => null,
            [var only] => only,
            _ => new Criterion.AllOf(clauses),
        };
    }
}
