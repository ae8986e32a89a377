using GroupPortal.Core.Access;

namespace GroupPortal.Application.Groups;

/// <summary>Who asks, and from where; both end in the history.</summary>
/// <param name="Origin">The way in: <c>browser</c>, <c>api</c>, or an address.</param>
public sealed record Requester(Person Person, string Origin);
