using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Groups;

namespace GroupPortal.Web.Components.Rule;

/// <summary>From what somebody wants of a group's rule to the request for it. Pure.</summary>
public static class RuleChanges
{
    /// <summary>The portal's rule, as it was looked at; null where nothing differs from what stands.</summary>
    /// <param name="previewHash">Of the effect that was on the screen.</param>
    public static GroupRequest? Define(GroupView view, SmartRule rule, string previewHash)
    {
        ArgumentNullException.ThrowIfNull(view);
        var changes = SmartRules.Changes(rule).Where(change => !Stands(view.Group, change)).ToList();
        if (view.Group.Membership == Membership.Dynamic)
        {
            // Two engines on one group would undo each other's work.
            changes.Insert(0, Clear(AttributeNames.MembershipRule));
        }

        return changes.Count == 0 ? null : view.Change() with { Attributes = changes, PreviewHash = previewHash };
    }

    /// <summary>Entra ID's own rule, in place of the portal's where there is one; null where it is what stands.</summary>
    /// <param name="previewHash">Of what the rule does by what the portal knows.</param>
    public static GroupRequest? DefineDynamic(GroupView view, string text, string? previewHash = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        var change = new AttributeChange(AttributeNames.MembershipRule, ChangeMode.Set, [text]);
        return Stands(view.Group, change) ? null : view.Change() with
        {
            Attributes = view.Group.Membership == Membership.Smart ? [new AttributeChange(AttributeNames.ManagedGroupType, ChangeMode.Set, ["1"]), change] : [change],
            PreviewHash = previewHash,
        };
    }

    /// <summary>Whether Entra ID applies a rule by this request.</summary>
    public static bool GivesToEntra(GroupRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Attributes.Any(change => change is { Name: AttributeNames.MembershipRule, Values.Count: > 0 });
    }

    /// <summary>Whether Entra ID applies its rule, or leaves the members as they are for a while.</summary>
    public static GroupRequest Process(GroupView view, bool isOn)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Change() with { Attributes = [new AttributeChange(AttributeNames.RuleProcessing, ChangeMode.Set, [isOn ? "On" : "Paused"])] };
    }

    /// <summary>Whether it does so now; a rule without a word about it is applied.</summary>
    public static bool IsProcessed(GroupState group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return !string.Equals(group.Attributes.First(AttributeNames.RuleProcessing), "Paused", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>People choose the members from now on: the rule goes, and everybody stays.</summary>
    public static GroupRequest Drop(GroupView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Change() with
        {
            Attributes = view.Group.Membership == Membership.Dynamic
                ? [Clear(AttributeNames.MembershipRule)]
                : [new AttributeChange(AttributeNames.ManagedGroupType, ChangeMode.Set, ["1"])],
        };
    }

    /// <summary>When it is updated by itself; null leaves that to the container.</summary>
    public static GroupRequest Schedule(GroupView view, UpdateSchedule? schedule)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Change() with
        {
            Attributes = [schedule is null ? Clear(AttributeNames.Schedule) : new AttributeChange(AttributeNames.Schedule, ChangeMode.Set, [UpdateSchedules.Write(schedule)])],
        };
    }

    /// <summary>Whether a request takes the rule away and leaves the members.</summary>
    public static bool Drops(GroupRequest request, GroupState group)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(group);
        return group.Membership == Membership.Smart
            ? request.Attributes.Any(change => change is { Name: AttributeNames.ManagedGroupType, Values: ["1"] }) && !GivesToEntra(request)
            : group.Membership == Membership.Dynamic && request.Attributes is [{ Name: AttributeNames.MembershipRule, Values.Count: 0 }];
    }

    private static AttributeChange Clear(string name) => new(name, ChangeMode.Set, []);

    private static bool Stands(GroupState group, AttributeChange change) =>
        change.Values.ToHashSet(StringComparer.Ordinal).SetEquals(group.Attributes[change.Name]);
}
