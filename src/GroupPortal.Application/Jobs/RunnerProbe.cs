namespace GroupPortal.Application.Jobs;

/// <summary>
/// Tells tests where an apply has got to, so that they can stop it there. In production nobody listens, unless
/// <see cref="TestingKill"/> was asked for.
/// </summary>
internal sealed class RunnerProbe
{
    public const string BeforeDispatchRow = nameof(BeforeDispatchRow);
    public const string AfterDispatchRow = nameof(AfterDispatchRow);
    public const string AfterSend = nameof(AfterSend);
    public const string AfterAnswerRow = nameof(AfterAnswerRow);
    public const string BeforeClose = nameof(BeforeClose);
    public const string AfterClose = nameof(AfterClose);

    /// <summary>The steps of a task around its plan.</summary>
    public const string TaskClaimed = nameof(TaskClaimed);
    public const string TaskPlanned = nameof(TaskPlanned);
    public const string TaskApplied = nameof(TaskApplied);
    public const string BeforeTaskEnd = nameof(BeforeTaskEnd);

    public static IReadOnlyList<string> TaskPoints { get; } = [TaskClaimed, TaskPlanned, TaskApplied, BeforeTaskEnd];

    public static IReadOnlyList<string> Points { get; } =
        [BeforeDispatchRow, AfterDispatchRow, AfterSend, AfterAnswerRow, BeforeClose, AfterClose];

    public Action<string>? Listener { get; set; }

    public void Reach(string point) => Listener?.Invoke(point);
}
