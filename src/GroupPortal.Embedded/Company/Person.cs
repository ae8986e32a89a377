namespace GroupPortal.Embedded.Company;

/// <summary>Somebody of the company, the same in both stores.</summary>
/// <param name="Account">Unique, ASCII, at most 20 characters: sAMAccountName and the part of the UPN before the @.</param>
/// <param name="Manager">The manager's index; null for the one at the top.</param>
internal sealed record Person(
    int Index,
    string Name,
    string Account,
    int Department,
    string Title,
    string Office,
    int? Manager,
    bool Enabled,
    long Created);
