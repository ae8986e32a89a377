namespace GroupPortal.Embedded.Company;

/// <summary>What a group is for; each kind of store makes its own type of it.</summary>
internal enum GroupStyle
{
    Security,

    /// <summary>Grants access to an application; may hold other groups.</summary>
    Access,
    Distribution,

    /// <summary>A working group with a mailbox.</summary>
    Shared,
    Team,
}

/// <summary>A group of the company, the same in both stores.</summary>
/// <param name="Owners">Indexes of people; the first one manages it.</param>
/// <param name="Members">Indexes of people.</param>
/// <param name="Nested">Indexes of groups before this one.</param>
internal sealed record CompanyGroup(
    int Index,
    string Name,
    GroupStyle Style,
    string Description,
    IReadOnlyList<int> Owners,
    IReadOnlyCollection<int> Members,
    IReadOnlyList<int> Nested)
{
    /// <summary>The mail nickname: <c>project-kestrel</c>.</summary>
    public string Nickname => string.Join('-', Name.Split(' ').Select(People.Ascii).Where(word => word.Length > 0));
}
