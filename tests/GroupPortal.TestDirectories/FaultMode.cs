namespace GroupPortal.TestDirectories;

/// <summary>What a <see cref="FaultProxy"/> does with the bytes that pass.</summary>
public abstract record FaultMode
{
    private FaultMode()
    {
    }

    /// <summary>What the mode becomes when its fault has happened once; null to go on for ever.</summary>
    internal FaultMode? After { get; private init; }

    /// <summary>The fault happens once; whoever connects again then finds a working network.</summary>
    public FaultMode Once() => Then(new Pass());

    /// <summary>The fault happens once; whatever comes then meets the next one.</summary>
    public FaultMode Then(FaultMode next) => this with { After = next };

    /// <summary>Everything is passed on at once.</summary>
    public sealed record Pass : FaultMode;

    /// <summary>
    /// Everything is passed on, until a client sends that many bytes without an answer in between: a large request is on its
    /// way, and its last piece is the first to meet what stands after <see cref="Then"/>.
    /// </summary>
    public sealed record AwaitRequest(long Bytes) : FaultMode;

    /// <summary>Whatever is read is passed on that much later, in both directions; what comes meanwhile waits.</summary>
    public sealed record Delay(TimeSpan Time) : FaultMode;

    /// <summary>
    /// Requests reach the server, which acts on them; the first answer is swallowed, and the connection closed.
    /// The client cannot know what happened.
    /// </summary>
    public sealed record DropAnswerThenClose : FaultMode;

    /// <summary>
    /// Connections are taken, and nothing passes or is ever closed. What is held back passes when the mode changes.
    /// </summary>
    public sealed record BlackHole : FaultMode;

    /// <summary>After that many bytes of answers, on each connection, the client gets a reset (RST).</summary>
    public sealed record ResetAfter(long Bytes) : FaultMode;

    /// <summary>Answers pass in pieces of that many bytes, with a pause after each.</summary>
    public sealed record SlowDrip(int Bytes, TimeSpan Pause) : FaultMode;

    /// <summary>The client is told that no more answers come (FIN); what it sends still reaches the server.</summary>
    public sealed record HalfClose : FaultMode;

    /// <summary>New connections are refused; those that stand go on.</summary>
    public sealed record Refuse : FaultMode;
}
