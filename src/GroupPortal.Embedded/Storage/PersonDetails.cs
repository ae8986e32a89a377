namespace GroupPortal.Embedded.Storage;

/// <summary>What rules ask about people beside what lists show of them.</summary>
/// <param name="Country">ISO 3166, two letters.</param>
/// <param name="IsGuest">Entra's userType; the embedded AD does not tell it.</param>
/// <param name="Hired">UTC ticks of a midnight.</param>
internal sealed record PersonDetails(
    string GivenName, string Surname, string City, string Country, string EmployeeId, string EmployeeType, bool IsGuest, long Hired);
