using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Groups;

/// <summary>A group as a list shows it, with what the portal keeps about it.</summary>
public sealed record GroupListItem(GroupSummary Group, GroupSecurityType SecurityType, Membership Membership);
