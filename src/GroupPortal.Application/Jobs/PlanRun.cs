using GroupPortal.Application.Groups;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Jobs;

/// <summary>How far one apply is: what the runner knows between two transactions. Owned by one thread at a time.</summary>
internal sealed class PlanRun
{
    private readonly List<PlanRow> _rows;
    private readonly StepStatus[] _statuses;
    private readonly List<StepOutcome> _unsaved = [];
    private readonly Dictionary<StepStatus, int> _counts;

    public PlanRun(PlanRecord head, List<PlanRow> rows, IDirectory directory)
    {
        _rows = rows;
        Head = head;
        Directory = directory;
        Plan = PlanRows.Plan(head, [.. rows.Select(row => row.Step)]);
        GroupId = head.GroupId;
        Queue = new WriteQueue(directory.Batch(Plan));
        _statuses = [.. rows.Select(row => row.Status)];
        _counts = _statuses.CountBy(status => status).ToDictionary();
    }

    public PlanRecord Head { get; }

    public GroupPlan Plan { get; }

    public IDirectory Directory { get; }

    public WriteQueue Queue { get; }

    public Guid? GroupId { get; private set; }

    /// <summary>The directory's version as it should stand; passed along from write to write. Null where there is none to expect.</summary>
    public string? Version { get; set; }

    /// <summary>The last journal row; while it has no answer the next write may have been sent already.</summary>
    public JournalRecord? Open { get; set; }

    /// <summary>Nothing more is sent: what is left of the plan is closed as it is.</summary>
    public bool IsStopped { get; private set; }

    public bool IsConflict { get; set; }

    /// <summary>Something of the plan has left this machine, now or in an earlier process: giving up would leave half of it.</summary>
    public bool HasSent { get; set; }

    /// <summary>The directory does not answer at the moment.</summary>
    public DirectoryOutage? Outage { get; set; }

    /// <summary>The group was created by this very run: nobody can have kept anything of it before.</summary>
    public bool IsFresh { get; private set; }

    /// <summary>The group of an update was not there any more.</summary>
    public bool IsGroupGone { get; set; }

    /// <summary>How often the present write was put off (throttled, resent, re-read); bounded by the runner.</summary>
    public int Attempts { get; private set; }

    /// <summary>How often the directory was not ready for the present write.</summary>
    public int Postponements { get; private set; }

    /// <summary>Since when the directory has asked to wait with the present write, again and again.</summary>
    public DateTimeOffset? ThrottledSince { get; set; }

    /// <summary>The directory asks to wait just now.</summary>
    public DirectoryPause? Pause { get; set; }

    public StatusCounts Counts => new(_counts.Where(pair => pair.Value > 0).ToDictionary());

    /// <summary>Plan and outcomes as they stand; what the database holds once the plan is closed.</summary>
    public PlanResult Result => PlanRows.Result(Head, Plan, _rows, Directory.Store.Server);

    public PlanProgress Progress(PlanState state) => new(Plan.Id, state, Counts, GroupId)
    {
        IsConflict = IsConflict,
        // A finished plan waits for nobody, also when it is finished because it waited in vain.
        Outage = state == PlanState.Running ? Outage : null,
        Pause = state == PlanState.Running ? Pause : null,
    };

    public bool IsOpen(int ordinal) => _statuses[ordinal] == StepStatus.Planned;

    /// <summary>Lines that are to be written and have no outcome yet.</summary>
    public IEnumerable<PlanStep> OpenSteps => Plan.Steps.Where(step => IsOpen(step.Ordinal));

    public IEnumerable<PlanStep> OpenPortalSteps => OpenSteps.Where(step => step.KeptBy == KeptBy.Portal);

    public IEnumerable<PlanStep> OpenDirectorySteps => OpenSteps.Where(step => step.KeptBy != KeptBy.Portal);

    /// <summary>
    /// Whether a line that the directory was to keep did not come out. A new group stands without its team: what the portal keeps of
    /// it is kept.
    /// </summary>
    public bool HasDirectoryFailure => Plan.Steps.Any(step =>
        (step.KeptBy is KeptBy.Directory or KeptBy.Exchange or KeptBy.Licensing or KeptBy.Expiration || (step.KeptBy == KeptBy.Teams && Plan.Kind != PlanKind.Create))
        && _statuses[step.Ordinal] is StepStatus.Failed or StepStatus.Unknown or StepStatus.NotAttempted);

    /// <summary>Nothing of it has come to anything yet: it can still be given up whole.</summary>
    public bool IsUntouched => !Plan.Steps.Any(step => step.IsWritten && !IsOpen(step.Ordinal));

    /// <summary>Outcomes that the next transaction saves.</summary>
    public IReadOnlyList<OutcomeRange> UnsavedRanges => OutcomeRanges.Of(_unsaved, IsOpen);

    public void Saved() => _unsaved.Clear();

    /// <summary>All of it is in the database.</summary>
    public void Closed(long now)
    {
        Saved();
        (Head.State, Head.Finished, Head.IsConflict, Head.GroupId) = (PlanState.Finished, now, IsConflict, GroupId);
    }

    /// <summary>A line gets its outcome once; what came first stands.</summary>
    public void Set(StepOutcome outcome)
    {
        if (!IsOpen(outcome.Ordinal))
        {
            return;
        }

        _counts[StepStatus.Planned]--;
        _counts[outcome.Status] = _counts.GetValueOrDefault(outcome.Status) + 1;
        _statuses[outcome.Ordinal] = outcome.Status;
        _rows[outcome.Ordinal] = _rows[outcome.Ordinal] with { Outcome = outcome };
        _unsaved.Add(outcome);
    }

    public void SetAll(IEnumerable<int> ordinals, StepStatus status, DirectoryError? error)
    {
        foreach (var ordinal in ordinals)
        {
            Set(new StepOutcome(ordinal, status, error));
        }
    }

    /// <summary>The next write was carried out. A line that the answer does not name went with it.</summary>
    public void Applied(DirectoryWrite write, DirectoryWriteAnswer.Applied answer)
    {
        IsFresh |= write is DirectoryWrite.CreateGroup;
        HasSent = true;
        GroupId = answer.GroupId;
        Version = answer.Version;
        foreach (var outcome in answer.Outcomes)
        {
            Set(outcome);
        }

        SetAll(write.Steps, StepStatus.Done, error: null);
        Queue.Advance();
        BeginNext();
    }

    /// <summary>The next write is left to a task of its own; the plan goes on without it.</summary>
    public void PutOff(DirectoryWrite write, DirectoryError why)
    {
        SetAll(write.Steps, StepStatus.Waiting, why);
        Queue.Advance();
        BeginNext();
    }

    /// <summary>Another write in the place of the present one, or none.</summary>
    public void Replace(IReadOnlyList<DirectoryWrite> pieces)
    {
        Queue.Replace(pieces);
        BeginNext();
    }

    /// <summary>Once more the same write: the how manieth time that is.</summary>
    public int CountAttempt() => ++Attempts;

    public int CountPostponement() => ++Postponements;

    private void BeginNext() => (Attempts, Postponements, ThrottledSince) = (0, 0, null);

    /// <summary>What replay knows of an applied write: its outcomes are in the rows already.</summary>
    public void Replayed(Guid? groupId)
    {
        HasSent = true;
        GroupId = groupId ?? GroupId;
        Queue.Advance();
    }

    /// <summary>
    /// All or nothing stops at the first line that did not come out, also at one inside of a write of which others did. From the
    /// lines' outcomes alone: the replay of the journal comes to the same.
    /// </summary>
    public void StopWhereStrict(DirectoryWrite write)
    {
        if (Plan.IsStrict && write.Steps.Select(ordinal => _rows[ordinal].Outcome).FirstOrDefault(outcome => outcome is { Status: StepStatus.Failed }) is { } failed)
        {
            Stop(failed.Error);
        }
    }

    /// <summary>Sends nothing more; the lines left were not attempted, for this reason.</summary>
    public void Stop(DirectoryError? reason)
    {
        IsStopped = true;
        SetAll(OpenDirectorySteps.Select(step => step.Ordinal).ToList(), StepStatus.NotAttempted, reason);
    }
}
