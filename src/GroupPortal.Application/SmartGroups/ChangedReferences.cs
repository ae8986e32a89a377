using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Where references would lead if one object had other values: its own way starts with those, all others' as the store has it.</summary>
/// <param name="changed">Which of the subject's attributes are other ones, by the vocabulary's names.</param>
internal sealed class ChangedReferences(ReplicaView view, ReplicaObject subject, HashSet<string> changed) : ICriteriaReferences
{
    private readonly ICriteriaReferences _present = view;

    public Guid? Find(DistinguishedName name) => _present.Find(name);

    public IReadOnlyList<Guid> MemberOf(Guid id) => id == subject.Id && changed.Contains("memberOf") ? Own("memberOf") : _present.MemberOf(id);

    public bool Reaches(Guid from, string attribute, Guid target, int? depth)
    {
        if (!changed.Contains(attribute))
        {
            return _present.Reaches(from, attribute, target, depth);
        }

        var reached = new HashSet<Guid>();
        var next = new List<Guid> { from };
        for (var step = 0; next.Count > 0 && (depth is null || step < depth); step++)
        {
            next = [.. next.SelectMany(id => Targets(id, attribute)).Where(reached.Add)];
            if (reached.Contains(target))
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<Guid> Targets(Guid id, string attribute)
    {
        if (id == subject.Id)
        {
            return Own(attribute);
        }

        return view.Vocabulary.TryGet(attribute, out var known) && known is { Syntax: CriteriaSyntaxes.Reference, Name: "memberOf" } ? _present.MemberOf(id)
            : view.RowOf(id) is var row and >= 0 ? Ids(view.ValuesOf(row, attribute))
            : [];
    }

    private List<Guid> Own(string attribute) => [.. Ids(subject.Values.Where(pair => string.Equals(pair.Key, attribute, StringComparison.OrdinalIgnoreCase)).SelectMany(pair => pair.Value))];

    private IEnumerable<Guid> Ids(IEnumerable<string> references) =>
        references.Select(text => Guid.TryParse(text, out var id) ? id : DistinguishedName.TryParse(text, out var name) ? Find(name) : null).OfType<Guid>();
}
