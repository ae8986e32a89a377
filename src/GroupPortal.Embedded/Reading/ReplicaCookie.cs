using System.Globalization;

namespace GroupPortal.Embedded.Reading;

/// <summary>
/// Where a reader of the feed stands: <c>load:&lt;feed&gt;:&lt;changes when the load began&gt;:&lt;last row&gt;</c>, then
/// <c>changes:&lt;feed&gt;:&lt;changes read&gt;</c>.
/// </summary>
/// <param name="Feed">The file's own identity: another file counts its changes anew.</param>
/// <param name="Row">The last row of a load that is not finished; null once it is.</param>
internal sealed record ReplicaCookie(Guid Feed, long Changes, long? Row)
{
    public static ReplicaCookie? Read(string text)
    {
        var (row, parts) = (default(long?), text.Split(':'));
        if (parts is ["load", _, _, var last] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            row = number;
        }
        else if (parts is not ["changes", _, _])
        {
            return null;
        }

        return Guid.TryParseExact(parts[1], "N", out var feed) && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var changes)
            ? new ReplicaCookie(feed, changes, row)
            : null;
    }

    public override string ToString() => Row is { } row
        ? string.Create(CultureInfo.InvariantCulture, $"load:{Feed:N}:{Changes}:{row}")
        : string.Create(CultureInfo.InvariantCulture, $"changes:{Feed:N}:{Changes}");
}
