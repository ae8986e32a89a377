namespace GroupPortal.TestDirectories;

/// <summary>A server program of Debian's that tests start; <c>tests/run</c> installs what is missing.</summary>
public sealed record ServerTool
{
    private readonly bool _needsRoot;
    private readonly string[] _files;

    internal ServerTool(string name, bool needsRoot, params string[] files)
    {
        Name = name;
        _needsRoot = needsRoot;
        _files = files;
    }

    public string Name { get; }

    /// <summary>Why it cannot run here; null when it can.</summary>
    public string? Obstacle =>
        _files.FirstOrDefault(file => !File.Exists(file)) is { } missing ? $"{Name} is not installed ({missing}); tests/run installs it."
        : _needsRoot && !Environment.IsPrivilegedProcess ? $"{Name} needs root, for its ports."
        : null;

    /// <summary>
    /// Why its tests are skipped; null when they are run. Where everything can be installed a test is never skipped:
    /// it fails.
    /// </summary>
    public string? ReasonToSkip => Environment.GetEnvironmentVariable("CI") == "true" || Environment.IsPrivilegedProcess ? null : Obstacle;

    internal void Demand()
    {
        if (Obstacle is { } obstacle)
        {
            throw new InvalidOperationException(obstacle);
        }
    }
}
