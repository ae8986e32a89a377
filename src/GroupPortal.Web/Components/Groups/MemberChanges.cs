using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Components.Groups;

/// <summary>Who is to join and leave a group, gathered before a plan is asked for.</summary>
public sealed class MemberChanges
{
    private readonly Dictionary<Guid, PickedObject> _joining = [];
    private readonly Dictionary<Guid, string> _leaving = [];

    public IReadOnlyCollection<PickedObject> Joining => _joining.Values;

    /// <summary>Their labels.</summary>
    public IReadOnlyCollection<string> Leaving => _leaving.Values;

    public int Count => _joining.Count + _leaving.Count;

    public bool IsLeaving(Guid id) => _leaving.ContainsKey(id);

    public void Join(PickedObject one)
    {
        // Whoever was about to leave stays: that is what joining again means.
        if (!_leaving.Remove(one.Id))
        {
            _joining[one.Id] = one;
        }
    }

    public void DoNotJoin(Guid id) => _joining.Remove(id);

    /// <summary>Leaves, or stays after all.</summary>
    public void Toggle(DirectoryObject member)
    {
        if (!_leaving.Remove(member.Id))
        {
            _leaving.Add(member.Id, member.Label);
        }
    }

    public void Clear()
    {
        _joining.Clear();
        _leaving.Clear();
    }

    public IReadOnlyList<ReferenceChange> ToReferences()
    {
        var changes = new List<ReferenceChange>();
        if (_joining.Count > 0)
        {
            changes.Add(new ReferenceChange(ChangeMode.Add, [.. _joining.Keys.Select(id => id.ToString("D"))]));
        }

        if (_leaving.Count > 0)
        {
            changes.Add(new ReferenceChange(ChangeMode.Remove, [.. _leaving.Keys.Select(id => id.ToString("D"))]));
        }

        return changes;
    }
}
