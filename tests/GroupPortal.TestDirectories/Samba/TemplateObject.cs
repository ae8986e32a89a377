namespace GroupPortal.TestDirectories.Samba;

/// <summary>An object that the template gets, as provision.py reads it.</summary>
internal sealed record TemplateObject(string Dn, Dictionary<string, string[]> Attributes)
{
    /// <summary>Its objectGUID, when it is to have a certain one.</summary>
    public Guid? Id { get; init; }

    public string? Password { get; init; }

    /// <summary>What is set when the object is there.</summary>
    public Dictionary<string, string[]>? Then { get; init; }
}

/// <summary>Members to be added to a group that every domain has.</summary>
internal sealed record TemplateMembership(string Dn, IReadOnlyList<string> Members);

/// <summary>Rights on an object and what is below it.</summary>
/// <param name="Account">The account's DN.</param>
/// <param name="Entries">Access control entries in SDDL, with {SID} for the account.</param>
internal sealed record TemplateGrant(string On, string Account, IReadOnlyList<string> Entries);
