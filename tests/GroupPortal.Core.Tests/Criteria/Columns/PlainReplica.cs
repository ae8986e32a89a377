using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Columns;

/// <summary>The replica in the plainest way, to compare with: a dictionary, and walks over it.</summary>
internal sealed class PlainReplica(CriteriaVocabulary vocabulary) : ICriteriaReferences
{
    private readonly Dictionary<Guid, ReplicaObject> _objects = [];

    public IReadOnlyCollection<ReplicaObject> Objects => _objects.Values;

    public void Apply(Change change)
    {
        if (change.Subject is null)
        {
            _objects.Remove(change.Id);
            return;
        }

        _objects[change.Id] = change.Subject;
        // A name leads, from the moment that somebody has it, to that object, wherever it goes later.
        foreach (var (id, subject) in _objects.ToList())
        {
            _objects[id] = subject with { Values = [.. subject.Values.Select(Resolved)] };
        }
    }

    public Guid? Find(DistinguishedName name) =>
        _objects.Values.Where(subject => DistinguishedName.TryParse(subject.Dn, out var other) && other.Equals(name)).Select(subject => (Guid?)subject.Id).FirstOrDefault();

    public IReadOnlyList<Guid> MemberOf(Guid id) => [.. _objects.Values.Where(group => group.Members?.Contains(id) == true).Select(group => group.Id)];

    public bool Reaches(Guid from, string attribute, Guid target, int? depth)
    {
        var (reached, next) = (new HashSet<Guid>(), new HashSet<Guid> { from });
        for (var step = 0; next.Count > 0 && (depth is null || step < depth); step++)
        {
            next = [.. next.SelectMany(id => Targets(id, attribute)).Where(reached.Add)];
        }

        return reached.Contains(target);
    }

    private IEnumerable<Guid> Targets(Guid id, string attribute)
    {
        if (attribute == "memberOf")
        {
            return MemberOf(id);
        }

        return !vocabulary.TryGet(attribute, out var known) || known.Syntax != CriteriaSyntaxes.Reference || !_objects.TryGetValue(id, out var subject) ? []
            : subject.Values.Where(pair => pair.Key == attribute).SelectMany(pair => pair.Value).Where(value => Guid.TryParse(value, out _)).Select(Guid.Parse);
    }

    private KeyValuePair<string, IReadOnlyList<string>> Resolved(KeyValuePair<string, IReadOnlyList<string>> pair) =>
        vocabulary.TryGet(pair.Key, out var attribute) && attribute.Syntax == CriteriaSyntaxes.Reference
            ? KeyValuePair.Create<string, IReadOnlyList<string>>(
                pair.Key, [.. pair.Value.Select(value => DistinguishedName.TryParse(value, out var name) && Find(name) is { } id ? id.ToString("D") : value)])
            : pair;
}
