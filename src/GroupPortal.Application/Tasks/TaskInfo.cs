namespace GroupPortal.Application.Tasks;

public enum TaskKind
{
    /// <summary>One smart group is evaluated and brought to where its rule has it.</summary>
    SmartUpdate,

    /// <summary>A group that stands already becomes a team, for which the directory was not ready.</summary>
    MakeTeam,
}

/// <summary>How far a task is.</summary>
public enum TaskState
{
    /// <summary>Recorded; a crash from here on does not lose it.</summary>
    Waiting,
    Running,
    Finished,
}

/// <summary>What became of a task.</summary>
public enum TaskOutcome
{
    /// <summary>Not known yet.</summary>
    None,

    /// <summary>Everybody was where the rule has him; nothing was written.</summary>
    NoChange,
    Applied,

    /// <summary>Some members came or went, and some did not.</summary>
    Partly,

    /// <summary>The guard holds it; it waits for a second person.</summary>
    Held,

    /// <summary>Not allowed, no smart group any more, or a rule that cannot be read.</summary>
    Refused,

    /// <summary>The rule could not be evaluated, or the directory not asked; nobody was removed.</summary>
    Failed,

    /// <summary>A second person has said no to exactly this update; it is not carried out until it is another one.</summary>
    Rejected,
}

/// <summary>What is decided of a held update.</summary>
public enum HeldState
{
    Open,

    /// <summary>Agreed to; it is carried out next, if it is still the same then.</summary>
    Approved,

    /// <summary>Dropped. The same update is not shown again; another one is.</summary>
    Rejected,
}

/// <summary>One task as pages and the API see it.</summary>
public sealed record TaskInfo(long Id, Guid RunId, TaskKind Kind, int StoreId, Guid GroupId, string GroupName, TaskState State, TaskOutcome Outcome)
{
    /// <summary>Members that came, or come.</summary>
    public required int Adds { get; init; }

    public required int Removes { get; init; }

    public required int Errors { get; init; }

    /// <summary>Its lines are those of this plan; null until there is one, and where nothing was to be done.</summary>
    public Guid? PlanId { get; init; }

    /// <summary>What to tell a person; null when all is well.</summary>
    public string? Message { get; init; }

    /// <summary>A name of DirectoryError, or null.</summary>
    public string? ErrorCode { get; init; }

    public required string Account { get; init; }

    public required string Origin { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>It waits until then; null where it waits for its turn only.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }
}
