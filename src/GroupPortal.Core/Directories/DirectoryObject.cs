namespace GroupPortal.Core.Directories;

/// <summary>What an object is, in the words of both kinds of directory.</summary>
public enum ObjectKind
{
    User,
    Contact,
    Group,
    Computer,
    Device,
    OrganizationalUnit,
    ServicePrincipal,
}

/// <summary>A directory object as lists and pickers show it; never its members.</summary>
/// <param name="Id">objectGUID, or Entra's id: the identity, which renames and moves keep.</param>
/// <param name="Name">The name in its container (cn, or Entra's displayName); never empty.</param>
public sealed record DirectoryObject(Guid Id, ObjectKind Kind, string Name, string Dn)
{
    public string? DisplayName { get; init; }

    /// <summary>sAMAccountName; null in Entra ID.</summary>
    public string? AccountName { get; init; }

    public string? UserPrincipalName { get; init; }

    public string? Mail { get; init; }

    public string? Title { get; init; }

    public string? Department { get; init; }

    public string? Office { get; init; }

    /// <summary>False for a disabled account; true for whatever cannot be disabled.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The raw <c>groupType</c> of a group, in the store kind's own meaning; null for anything else.</summary>
    public int? GroupType { get; init; }

    /// <summary>A group that the guard protects (administrators' groups); false for anything else.</summary>
    public bool IsProtected { get; init; }

    /// <summary>What a person reads.</summary>
    public string Label => string.IsNullOrWhiteSpace(DisplayName) ? Name : DisplayName;
}

/// <summary>One page of a list.</summary>
/// <param name="Total">How many there are in all, or at least, see <paramref name="TotalIsExact"/>.</param>
/// <param name="TotalIsExact">False when counting stopped at a limit: there are more than <paramref name="Total"/>.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total, bool TotalIsExact = true)
{
    public static Page<T> Empty { get; } = new([], 0);
}

/// <summary>A container in which groups can stand; for the tree.</summary>
public sealed record ContainerNode(string Dn, string Name, bool HasChildren);

/// <summary>What a reference of a request (a GUID, DN, account name, UPN, mail address or name) led to.</summary>
public abstract record ReferenceMatch
{
    private ReferenceMatch()
    {
    }

    public sealed record Found(DirectoryObject Object) : ReferenceMatch;

    public sealed record NotFound : ReferenceMatch;

    /// <summary>More than one object answers to it; at most 20 candidates are listed.</summary>
    public sealed record Ambiguous(IReadOnlyList<DirectoryObject> Candidates) : ReferenceMatch;
}
