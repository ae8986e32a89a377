using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Replica;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GroupPortal.Application.Schedules;

/// <summary>
/// When smart groups are updated by themselves: of one group, of containers, and the list of all. A group's own schedule is its
/// attribute <see cref="AttributeNames.Schedule"/> and changed like any other, by plan and apply; a container's is set here.
/// </summary>
public sealed class SmartSchedules
{
    private readonly StoreRegistry _stores;
    private readonly GroupReader _groups;
    private readonly Replicas _replicas;
    private readonly GroupAccess _access;
    private readonly ScheduleStore _schedules;
    private readonly TimeProvider _clock;
    private readonly ILogger<SmartSchedules> _logger;

    internal SmartSchedules(
        StoreRegistry stores, GroupReader groups, Replicas replicas, GroupAccess access, ScheduleStore schedules, IOptions<ScheduleOptions> options,
        TimeProvider clock, ILogger<SmartSchedules> logger) =>
        (_stores, _groups, _replicas, _access, _schedules, AreRunning, _clock, _logger) =
            (stores, groups, replicas, access, schedules, options.Value.Interval > 0, clock, logger);

    /// <summary>False where the settings say that nothing runs by itself: no group has a next run then, whatever its schedule.</summary>
    public bool AreRunning { get; }

    /// <summary>When a group is updated; of a group that is not smart only what it would inherit.</summary>
    public async Task<ScheduleView> GetAsync(int storeId, GroupState group, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(group);
        var containers = new ContainerLookup(await _schedules.ContainersAsync(storeId, cancellation));
        var kept = await _schedules.GroupAsync(storeId, group.Id, cancellation) ?? new ScheduledGroup(group.Id, null, null, []);
        var run = await _schedules.RunAsync(storeId, group.Id, cancellation);
        return View(kept, containers.Of(ContainerOf(group.Dn)), group.Membership == Membership.Smart ? run : null, group.Membership == Membership.Smart);
    }

    /// <summary>What a group would have that does not exist yet; for the wizard.</summary>
    /// <param name="container">Where it would be: a distinguished name.</param>
    /// <param name="own">Its own schedule; null to inherit.</param>
    public async Task<ScheduleView> OfNewAsync(int storeId, string container, UpdateSchedule? own, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(container);
        var containers = new ContainerLookup(await _schedules.ContainersAsync(storeId, cancellation));
        return View(new ScheduledGroup(Guid.Empty, own, _clock.GetUtcNow(), []), containers.Of(container), run: null, isSmart: true);
    }

    /// <summary>Smart groups in the order of their names; of an unknown store none.</summary>
    /// <param name="search">Part of a name; empty for all.</param>
    /// <returns>Failed when neither the replica nor the directory can say what the groups are called.</returns>
    public async Task<DirectoryAnswer<Page<SmartGroupItem>>> ListAsync(
        int storeId, SmartGroupFilter filter, string search, int skip, int take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(search);
        var groups = await _schedules.GroupsAsync(storeId, cancellation);
        var answer = await PlacesAsync(storeId, [.. groups.Select(group => group.GroupId)], cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyDictionary<Guid, (string Name, DistinguishedName Container)>>.Ok(var places))
        {
            return answer.Map(_ => Page<SmartGroupItem>.Empty);
        }

        var containers = new ContainerLookup(await _schedules.ContainersAsync(storeId, cancellation));
        var runs = await _schedules.RunsAsync(storeId, cancellation);
        var held = await _schedules.HeldAsync(storeId, cancellation);
        var wanted = groups
            .Where(group => places.ContainsKey(group.GroupId) && places[group.GroupId].Name.Contains(search.Trim(), StringComparison.CurrentCultureIgnoreCase))
            .Where(group => filter switch
            {
                SmartGroupFilter.WithoutSchedule => (group.Own ?? containers.Of(places[group.GroupId].Container)?.Schedule) is null or UpdateSchedule.Off,
                SmartGroupFilter.Held => held.Contains(group.GroupId),
                SmartGroupFilter.Failed => runs.GetValueOrDefault(group.GroupId)?.Outcome is TaskOutcome.Failed or TaskOutcome.Refused or TaskOutcome.Partly,
                _ => true,
            })
            .OrderBy(group => places[group.GroupId].Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(group => group.GroupId)
            .ToList();
        return DirectoryAnswer.Ok(new Page<SmartGroupItem>(
            [
                .. wanted.Skip(skip).Take(take).Select(group =>
                {
                    var (name, container) = places[group.GroupId];
                    var view = View(group, containers.Of(container), runs.GetValueOrDefault(group.GroupId), isSmart: true);
                    return new SmartGroupItem(storeId, group.GroupId, name, container.ToString(), view) { IsHeld = held.Contains(group.GroupId) };
                }),
            ],
            wanted.Count));
    }

    /// <summary>All containers that have a schedule, in the order of their names.</summary>
    public Task<IReadOnlyList<ContainerSchedule>> ContainersAsync(int storeId, CancellationToken cancellation) => _schedules.ContainersAsync(storeId, cancellation);

    /// <summary>Whether this person may set schedules of containers, for pages that show or hide; setting asks again.</summary>
    public AccessDecision MaySetContainers(int storeId, Person person) =>
        _stores.TryGet(storeId, out _) ? _access.DecideSchedules(storeId, person) : AccessDecision.Deny("SchedulesNotAllowed");

    /// <summary>Sets the schedule of all smart groups in and below a container that have none of their own, or of a nearer container.</summary>
    /// <param name="containerDn">A container of the store; its base for all groups.</param>
    /// <param name="schedule">Null removes it. <see cref="UpdateSchedule.Off"/> stands against what containers above say.</param>
    public async Task<ContainerScheduleAnswer> SetContainerAsync(
        int storeId, string containerDn, UpdateSchedule? schedule, Requester requester, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(requester);
        if (!_stores.TryGet(storeId, out var directory))
        {
            return new ContainerScheduleAnswer.ContainerUnknown();
        }

        var allowed = _access.DecideSchedules(storeId, requester.Person);
        if (allowed.Verdict != AccessVerdict.Allow)
        {
            return new ContainerScheduleAnswer.Denied(allowed);
        }

        if (schedule is not null && UpdateSchedules.WhyNot(AttributeNames.Schedule, schedule) is { } problem)
        {
            return new ContainerScheduleAnswer.Invalid(problem.Message);
        }

        var root = DistinguishedName.Parse(directory.Store.BaseDn);
        if (!DistinguishedName.TryParse(containerDn, out var container) || !container.IsAtOrUnder(root))
        {
            return new ContainerScheduleAnswer.ContainerUnknown();
        }

        // One that is gone may still be cleared of its schedule.
        if (schedule is not null && !container.Equals(root))
        {
            var exists = await directory.ContainerExistsAsync(container.ToString(), cancellation);
            if (exists is not DirectoryAnswer<bool>.Ok(true))
            {
                return exists is DirectoryAnswer<bool>.Failed(var error) ? new ContainerScheduleAnswer.DirectoryFailed(error) : new ContainerScheduleAnswer.ContainerUnknown();
            }
        }

        if (await _schedules.SetAsync(storeId, container, schedule, requester.Person.Account, cancellation))
        {
            _logger.ContainerScheduleSet(
                storeId, container.ToString(), schedule is null ? "none" : UpdateSchedules.Write(schedule), requester.Person.Account, requester.Origin);
        }

        return new ContainerScheduleAnswer.Saved();
    }

    /// <summary>Names and containers of groups; those that are gone are absent. The replica knows them all; while there is none the directory is asked.</summary>
    internal async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, (string Name, DistinguishedName Container)>>> PlacesAsync(
        int storeId, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, (string, DistinguishedName)>>(new Dictionary<Guid, (string, DistinguishedName)>());
        }

        if (_replicas.Of(storeId) is { } replica)
        {
            await replica.CatchUpAsync(cancellation);
            var isKnown = replica.TryRead(
                (view, _) => ids
                    .Select(id => (Id: id, Row: view.RowOf(id)))
                    .Where(one => one.Row >= 0)
                    .Select(one => (one.Id, Name: view.LabelOf(one.Row), Dn: view.DnOf(one.Row)))
                    .ToList(),
                out var found);
            if (isKnown)
            {
                return DirectoryAnswer.Ok<IReadOnlyDictionary<Guid, (string, DistinguishedName)>>(Places(found!));
            }
        }

        var answer = await _groups.GetManyAsync(storeId, ids, cancellation);
        return answer.Map<IReadOnlyDictionary<Guid, (string, DistinguishedName)>>(groups => Places(groups.Values.Select(group => (group.Id, group.Label, group.Dn))));
    }

    private ScheduleView View(ScheduledGroup group, ContainerSchedule? inherited, GroupRun? run, bool isSmart) =>
        new(group.Own, inherited?.Schedule, inherited?.Container)
        {
            LastRun = run?.LastRun,
            LastOutcome = run?.Outcome ?? TaskOutcome.None,
            LastTaskId = run?.TaskId,
            LastChange = run?.LastChange,
            NextRun = isSmart && AreRunning ? DueTimes.Of(group, inherited, run, _clock.LocalTimeZone) : null,
        };

    private static Dictionary<Guid, (string Name, DistinguishedName Container)> Places(IEnumerable<(Guid Id, string Name, string Dn)> groups)
    {
        var places = new Dictionary<Guid, (string Name, DistinguishedName Container)>();
        foreach (var (id, name, dn) in groups)
        {
            if (DistinguishedName.TryParse(dn, out var parsed))
            {
                places[id] = (name, parsed.Parent ?? parsed);
            }
        }

        return places;
    }

    private static string ContainerOf(string dn) => DistinguishedName.TryParse(dn, out var name) && name.Parent is { } parent ? parent.ToString() : dn;
}
