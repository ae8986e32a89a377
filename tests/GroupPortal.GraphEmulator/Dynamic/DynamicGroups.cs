using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Dynamic;

/// <summary>Fills the groups whose members a rule decides, some time after the rule or a person changed.</summary>
internal sealed class DynamicGroups(DirectoryStore store, TimeProvider clock, TimeSpan delay)
{
    private readonly HashSet<Guid> _waiting = [];

    /// <summary>Those that a change of a person concerns.</summary>
    private readonly HashSet<Guid> _active = [];

    /// <summary>An object was made, changed or deleted.</summary>
    public void Noticed(DirectoryObject item)
    {
        if (item.Kind == ObjectKind.Group)
        {
            return;
        }

        foreach (var group in _active.Select(store.Find).OfType<DirectoryObject>().ToList())
        {
            Schedule(group, isAnew: false);
        }
    }

    /// <summary>Its rule was set, changed or resumed.</summary>
    public void Schedule(DirectoryObject group, bool isAnew = true)
    {
        if (group.Group is not { } part)
        {
            return;
        }

        if (!group.IsDynamic() || group.Text("membershipRuleProcessingState") == "Paused")
        {
            part.EvaluateAt = null;
            _waiting.Remove(group.Id);
            _active.Remove(group.Id);
            return;
        }

        _active.Add(group.Id);

        if (isAnew || part.EvaluateAt is null)
        {
            part.EvaluateAt = clock.GetUtcNow() + delay;
            _waiting.Add(group.Id);
        }
    }

    /// <summary>Evaluates every group whose time has come.</summary>
    public void EvaluateDue()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var id in _waiting.ToList())
        {
            if (store.Find(id) is not { } group)
            {
                _waiting.Remove(id);
            }
            else if (group.Group!.EvaluateAt <= now)
            {
                _waiting.Remove(id);
                group.Group.EvaluateAt = null;
                Evaluate(group, now);
            }
        }
    }

    private void Evaluate(DirectoryObject group, DateTimeOffset now)
    {
        var part = group.Group!;
        part.EvaluatedOnce = true;
        Rule rule;
        try
        {
            rule = RuleParser.Parse(group.Text("membershipRule") ?? "");
        }
        catch (FormatException wrong)
        {
            part.RuleError = "Error: " + wrong.Message;
            return;
        }

        part.RuleError = null;
        var wanted = store.All(ObjectKind.User).Where(rule.Holds).ToDictionary(person => person.Id);
        var changed = false;
        foreach (var member in part.Members.Ids.Where(id => !wanted.ContainsKey(id)).ToList())
        {
            changed |= store.RemoveMember(group, member);
        }

        foreach (var person in wanted.Values.Where(person => !part.Members.Contains(person.Id)).ToList())
        {
            changed |= store.AddMember(group, person);
        }

        if (changed || part.MembershipUpdated is null)
        {
            part.MembershipUpdated = now;
        }
    }
}
