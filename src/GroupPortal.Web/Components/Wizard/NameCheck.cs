using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Components.Wizard;

public enum NameCheckState
{
    /// <summary>There is nothing to ask yet.</summary>
    None,
    Asking,
    Answered,
    Failed,
}

/// <summary>What the directory says of the names that the draft would take.</summary>
/// <param name="Taken">Names that somebody has; empty when all are free.</param>
public sealed record NameCheck(NameCheckState State, IReadOnlyList<NameInUse> Taken)
{
    public static NameCheck None { get; } = new(NameCheckState.None, []);

    public static NameCheck Asking { get; } = new(NameCheckState.Asking, []);

    public static NameCheck Failed { get; } = new(NameCheckState.Failed, []);

    public static NameCheck Answered(IReadOnlyList<NameInUse> taken) => new(NameCheckState.Answered, taken);

    /// <summary>Somebody has this name, and the directory allows it twice: worth saying, no reason to stop.</summary>
    public NameInUse? Shared(string attribute) => Taken.FirstOrDefault(one => !one.MustBeUnique && one.Attribute == attribute);
}
