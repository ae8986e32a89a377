using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Resources;

namespace GroupPortal.Application.Schedules;

/// <summary>In whose name scheduled updates run. No directory has such an account: brackets are for nobody's name (MS-SAMR 3.1.1.6).</summary>
internal static class ScheduleRequester
{
    public const string Account = "[schedule]";

    public static Requester Now() => new(new Person(Account, Texts.Format("Schedule.Requester"), PortalRole.Administrator), "schedule");
}
