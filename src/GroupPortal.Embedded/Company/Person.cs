using System.Globalization;
using GroupPortal.Embedded.Storage;

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
    long Created)
{
    /// <summary>Worked out from numbers of their own, so that everything else about the company stays as it was.</summary>
    public PersonDetails Details()
    {
        var numbers = SplitMix.For(Subject.Details, Index);
        // No first name has a blank in it; some last names have.
        var blank = Name.IndexOf(' ', StringComparison.Ordinal);
        var kind = numbers.Below(100);
        var isGuest = numbers.Chance(40);
        var isStaff = Manager is null || Words.IsLeading(Title) || kind < 88;
        return new PersonDetails(
            Name[..blank],
            Name[(blank + 1)..],
            Office,
            Words.CountryOf(Office),
            (100_000 + Index).ToString(CultureInfo.InvariantCulture),
            isStaff ? "Employee" : kind < 96 ? "Contractor" : "Intern",
            !isStaff && kind < 96 && isGuest,
            new DateTime(Created, DateTimeKind.Utc).Date.Ticks);
    }
}
