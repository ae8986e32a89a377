using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Reading;

/// <summary>
/// What references lead to, level by level: whoever is found at one level is not asked for at the next. One statement per
/// level and chunk, however many references there are.
/// </summary>
internal static class References
{
    private const int ChunkSize = 2000;
    private const int MaximumCandidates = 20;

    private static readonly KeyField[] Fields =
        [KeyField.AccountName, KeyField.UserPrincipalName, KeyField.Mail, KeyField.DisplayName, KeyField.Name];

    public static Dictionary<string, ReferenceMatch> Resolve(
        Session session, Folding folding, IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation)
    {
        var open = new HashSet<string>(references, StringComparer.Ordinal);
        var found = new Dictionary<string, ReferenceMatch>(open.Count, StringComparer.Ordinal);
        var wanted = kinds.Count == 0
            ? [.. Enum.GetValues<ObjectKind>().Where(kind => kind != ObjectKind.OrganizationalUnit)]
            : kinds.ToHashSet();
        void Level(string join, Func<string, string?> key)
        {
            foreach (var (reference, match) in Ask(session, join, open, key, wanted, cancellation))
            {
                found[reference] = match;
                open.Remove(reference);
            }
        }

        Level("objects o ON o.guid = unhex(j.value)", reference => Guid.TryParse(reference, out var id) ? id.ToString("N") : null);
        Level("objects o ON o.dn_key = j.value", reference => DistinguishedName.TryParse(reference, out var dn) ? dn.Key : null);
        foreach (var field in Fields)
        {
            var number = ((int)field).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Level(
                $"keys k ON k.field = {number} AND k.folded = j.value CROSS JOIN objects o ON o.id = k.object",
                reference => string.IsNullOrWhiteSpace(reference) || reference.Any(char.IsControl) ? null : folding.Fold(reference));
        }

        foreach (var reference in open)
        {
            found[reference] = new ReferenceMatch.NotFound();
        }

        return found;
    }

    private static Dictionary<string, ReferenceMatch> Ask(
        Session session, string join, HashSet<string> open, Func<string, string?> key, HashSet<ObjectKind> wanted, CancellationToken cancellation)
    {
        var answers = new Dictionary<string, ReferenceMatch>(StringComparer.Ordinal);
        var asked = open.Select(reference => (Reference: reference, Key: key(reference))).Where(pair => pair.Key is not null);
        foreach (var chunk in asked.Chunk(ChunkSize))
        {
            using var reader = session.Query(
                $"SELECT {ObjectRows.Columns}, j.key FROM json_each($1) j CROSS JOIN {join}", Guids.Json(chunk.Select(pair => pair.Key!)));
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                if (!wanted.Contains((ObjectKind)reader.GetInt32(1)))
                {
                    continue;
                }

                var reference = chunk[reader.GetInt32(ObjectRows.ColumnCount)].Reference;
                answers[reference] = Join(answers.GetValueOrDefault(reference), reader);
            }
        }

        return answers;
    }

    private static ReferenceMatch Join(ReferenceMatch? before, Microsoft.Data.Sqlite.SqliteDataReader reader)
    {
        switch (before)
        {
            case ReferenceMatch.Found found:
                return new ReferenceMatch.Ambiguous([found.Object, ObjectRows.Read(reader)]);
            case ReferenceMatch.Ambiguous { Candidates.Count: < MaximumCandidates } several:
                return new ReferenceMatch.Ambiguous([.. several.Candidates, ObjectRows.Read(reader)]);
            case ReferenceMatch.Ambiguous full:
                return full;
            default:
                return new ReferenceMatch.Found(ObjectRows.Read(reader));
        }
    }
}
