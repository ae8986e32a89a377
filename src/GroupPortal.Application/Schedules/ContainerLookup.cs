using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Schedules;

/// <summary>Finds the nearest container that has a schedule, upwards from where a group is.</summary>
internal sealed class ContainerLookup
{
    private readonly Dictionary<DistinguishedName, ContainerSchedule> _schedules = [];

    public ContainerLookup(IEnumerable<ContainerSchedule> schedules)
    {
        foreach (var schedule in schedules)
        {
            if (DistinguishedName.TryParse(schedule.Container, out var name))
            {
                _schedules.TryAdd(name, schedule);
            }
        }
    }

    public ContainerSchedule? Of(string container) => _schedules.Count > 0 && DistinguishedName.TryParse(container, out var name) ? Of(name) : null;

    public ContainerSchedule? Of(DistinguishedName? container)
    {
        for (; container is not null && _schedules.Count > 0; container = container.Parent)
        {
            if (_schedules.TryGetValue(container, out var schedule))
            {
                return schedule;
            }
        }

        return null;
    }
}
