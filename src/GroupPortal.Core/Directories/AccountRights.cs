namespace GroupPortal.Core.Directories;

/// <summary>
/// What the portal's own account may write, as far as the directory says so beforehand. It tells people early; the directory
/// judges again when something is written.
/// </summary>
/// <param name="MayCreate">Whether groups can be made in the container that was asked about.</param>
/// <param name="Writable">The attributes of the group that may be written, by the directory's names; null for all.</param>
public sealed record AccountRights(bool MayCreate, IReadOnlySet<string>? Writable)
{
    /// <summary>A directory that has no such limits, or does not tell.</summary>
    public static AccountRights All { get; } = new(true, null);

    public bool MayWrite(string attribute) => Writable?.Contains(attribute) ?? true;
}
