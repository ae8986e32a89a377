using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Groups;

/// <summary>What administrators say of one store beside its connection; section <c>Directories:&lt;id&gt;</c>.</summary>
public class StoreOptions
{
    /// <summary>The configuration section below which each store has its own, by its id.</summary>
    public const string Section = "Directories";

    /// <summary>Rules for new names: prefix, pattern with its hint, required fields.</summary>
    public NamingRules Naming { get; set; } = new();

    /// <summary>Limits from which a plan needs a second look before it is applied.</summary>
    public GuardLimits Guard { get; set; } = new();

    /// <summary>Limits from which an update by rule waits for a second person.</summary>
    public RecomputeLimits Recompute { get; set; } = new();

    /// <summary>Who may do what beyond the policy's table.</summary>
    public StoreAccess Access { get; set; } = new();

    /// <summary>Where new groups go; by default <c>OU=Groups</c> below the base (AD), the base itself (Entra ID).</summary>
    public string DefaultContainer { get; set; } = string.Empty;
}

/// <summary>The same, checked and complete.</summary>
public sealed record StoreSettings(NamingRules Naming, GuardLimits Guard, StoreAccess Access, string DefaultContainer)
{
    /// <summary>Limits from which an update by rule waits for a second person.</summary>
    public RecomputeLimits Recompute { get; init; } = new();
}
