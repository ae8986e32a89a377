using System.Text.Json.Nodes;

namespace GroupPortal.GraphEmulation.Store;

/// <summary>What groups have and others have not.</summary>
internal sealed class GroupPart
{
    public LinkSet Members { get; } = new();

    public LinkSet Owners { get; } = new();

    /// <summary>The person who created it; null: an application.</summary>
    public Guid? CreatedBy { get; set; }

    /// <summary>The settings of its team, if it has one.</summary>
    public JsonObject? Team { get; set; }

    /// <summary>The lifecycle policies that name it.</summary>
    public bool HasLifecyclePolicy { get; set; }

    /// <summary>Converted from a synchronized group: its source of authority is the cloud.</summary>
    public bool IsCloudManaged { get; set; }

    /// <summary>When its rule is to be evaluated next; null: nothing to do.</summary>
    public DateTimeOffset? EvaluateAt { get; set; }

    public bool EvaluatedOnce { get; set; }

    /// <summary>What was wrong with the rule when it was last evaluated.</summary>
    public string? RuleError { get; set; }

    public DateTimeOffset? MembershipUpdated { get; set; }
}
