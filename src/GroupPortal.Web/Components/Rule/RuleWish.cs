using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Components.Rule;

/// <summary>A change of a group's rule, and what it would do at the next update; null where it does nothing to the members.</summary>
public sealed record RuleWish(GroupRequest Request, PreviewCounts? Effect = null);
