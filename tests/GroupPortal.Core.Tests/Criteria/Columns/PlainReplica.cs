using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Columns;

/// <summary>The replica in the plainest way, to compare with: a dictionary, and walks over it.</summary>
internal sealed class PlainReplica(CriteriaVocabulary vocabulary) : ICriteriaReferences
{
    private readonly Dictionary<Guid, ReplicaObject> _objects = [];
    private readonly List<(Guid Target, Guid Subject, string Attribute)> _lost = [];

    public IReadOnlyCollection<ReplicaObject> Objects => _objects.Values;

    public void Apply(Change change)
    {
        _lost.RemoveAll(lost => lost.Subject == change.Id);
        var wasThere = _objects.ContainsKey(change.Id);
        if (change.Subject is null)
        {
            _objects.Remove(change.Id);
            if (wasThere)
            {
                Map(Without(change.Id));
            }

            return;
        }

        _objects[change.Id] = change.Subject;
        // A name leads, from the moment that somebody has it, to that object, wherever it goes later.
        Map((_, pair) => Resolved(pair));
        if (!wasThere)
        {
            foreach (var (_, subject, attribute) in _lost.FindAll(lost => lost.Target == change.Id))
            {
                _objects[subject] = With(_objects[subject], attribute, change.Id.ToString("D"));
            }

            _lost.RemoveAll(lost => lost.Target == change.Id);
        }
    }

    private void Map(Func<Guid, KeyValuePair<string, IReadOnlyList<string>>, KeyValuePair<string, IReadOnlyList<string>>> change)
    {
        foreach (var (id, subject) in _objects.ToList())
        {
            _objects[id] = subject with { Values = [.. subject.Values.Select(pair => change(id, pair))] };
        }
    }

    /// <summary>Nobody refers to what is gone.</summary>
    private Func<Guid, KeyValuePair<string, IReadOnlyList<string>>, KeyValuePair<string, IReadOnlyList<string>>> Without(Guid gone) => (subject, pair) =>
    {
        if (!vocabulary.TryGet(pair.Key, out var attribute) || attribute.Syntax != CriteriaSyntaxes.Reference)
        {
            return pair;
        }

        var left = pair.Value.Where(value => !Guid.TryParse(value, out var id) || id != gone).ToList();
        if (left.Count < pair.Value.Count)
        {
            _lost.Add((gone, subject, pair.Key));
        }

        return KeyValuePair.Create<string, IReadOnlyList<string>>(pair.Key, left);
    };

    private static ReplicaObject With(ReplicaObject subject, string attribute, string value) => subject with
    {
        Values = [.. subject.Values.Select(pair => pair.Key == attribute ? KeyValuePair.Create<string, IReadOnlyList<string>>(pair.Key, [.. pair.Value, value]) : pair)],
    };

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
