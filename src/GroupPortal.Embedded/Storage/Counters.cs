using System.Globalization;

namespace GroupPortal.Embedded.Storage;

/// <summary>Totals that lists show without counting, and the next RID.</summary>
internal static class Counters
{
    public const string NextRid = "rid";

    public static string GroupsOfType(int type) => string.Create(CultureInfo.InvariantCulture, $"groups:{type}");

    public static string ObjectsOfKind(int kind) => string.Create(CultureInfo.InvariantCulture, $"kind:{kind}");

    public static void Add(Session session, string name, long amount) => session.Execute(
        "INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value", name, amount);

    public static long Get(Session session, string name) => session.Number("SELECT value FROM counters WHERE name = $1", name);
}
