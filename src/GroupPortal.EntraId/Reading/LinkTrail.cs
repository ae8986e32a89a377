using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>The links of one list that were followed: a list whose links lead in a circle, or on for ever, is given up.</summary>
internal sealed class LinkTrail
{
    /// <summary>More pages than the largest tenant fills.</summary>
    private const int Most = 20_000;

    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);

    /// <summary>Null where the link may be followed.</summary>
    public DirectoryError.Other? WhyNot(string link) =>
        _followed.Add(link) && _followed.Count <= Most ? null : new DirectoryError.Other("EndlessList") { ServerText = link };
}
