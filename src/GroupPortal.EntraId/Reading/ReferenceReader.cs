using System.Text.Json;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// What references lead to, level by level: whoever is found at one level is not asked for at the next. Ids a thousand to a request;
/// names 15 to a filter, which is Graph's limit, and 20 filters to a request.
/// </summary>
internal sealed class ReferenceReader(Tenant tenant, GraphReader graph)
{
    private const int MostValues = 15;
    private const int MostCharacters = 2000;
    private const int MostCandidates = 20;

    /// <summary>Longer than any address or name of Graph's.</summary>
    private const int LongestName = 1024;

    private readonly DistinguishedName _base = DistinguishedName.Parse(tenant.Store.BaseDn);

    public async Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(
        IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var open = references.Distinct(StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, ReferenceMatch>(open.Count, StringComparer.Ordinal);
        var wanted = ObjectKinds.Of(kinds);
        var denied = new List<DirectoryError>();
        Func<Task<DirectoryError?>>[] levels =
        [
            () => ByIdAsync(open, found, wanted, cancellation),
            () => ByNameAsync(open, found, wanted, denied, "userPrincipalName", IsAddress, cancellation),
            () => ByNameAsync(open, found, wanted, denied, "mail", IsAddress, cancellation),
            () => ByNameAsync(open, found, wanted, denied, "displayName", IsName, cancellation),
        ];
        foreach (var level in wanted.Count == 0 ? [] : levels)
        {
            if (await level() is { } error)
            {
                return error;
            }
        }

        foreach (var reference in open)
        {
            found[reference] = new ReferenceMatch.NotFound();
        }

        // Somebody of a kind that the app may not read might have been meant.
        return denied is [var why, ..]
            ? new DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Partial(found, why)
            : DirectoryAnswer.Ok<IReadOnlyDictionary<string, ReferenceMatch>>(found);
    }

    /// <summary>By a GUID in any of its forms, or by the DN that is made of it.</summary>
    private async Task<DirectoryError?> ByIdAsync(
        HashSet<string> open, Dictionary<string, ReferenceMatch> found, IReadOnlyList<ObjectKinds> wanted, CancellationToken cancellation)
    {
        var ids = open.Select(reference => (Reference: reference, Id: IdOf(reference))).Where(pair => pair.Id is not null).ToList();
        if (ids.Count == 0)
        {
            return null;
        }

        var answer = await graph.ByIdsAsync(
            ids.Select(pair => pair.Id!.Value), [.. wanted.Select(kind => kind.Type)], ObjectKinds.SelectOfAny, cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyList<JsonElement>>.Ok(var rows))
        {
            return answer.WhyNot();
        }

        var items = rows.Select(row => ObjectValues.Of(row, tenant)).OfType<DirectoryObject>().DistinctBy(item => item.Id).ToDictionary(item => item.Id);
        foreach (var (reference, id) in ids)
        {
            if (items.TryGetValue(id!.Value, out var item) && wanted.Any(kind => kind.Kind == item.Kind))
            {
                found[reference] = new ReferenceMatch.Found(item);
                open.Remove(reference);
            }
        }

        return null;
    }

    private async Task<DirectoryError?> ByNameAsync(
        HashSet<string> open,
        Dictionary<string, ReferenceMatch> found,
        IReadOnlyList<ObjectKinds> wanted,
        List<DirectoryError> denied,
        string property,
        Func<string, bool> isPossible,
        CancellationToken cancellation)
    {
        var asked = open.Where(isPossible).GroupBy(reference => reference, tenant.Store.Folding).ToList();
        var kinds = wanted.Where(kind => kind.Select.Contains(property, StringComparer.Ordinal)).ToList();
        var chunks = Chunks(asked.Select(references => references.Key)).ToList();
        var questions = kinds.SelectMany(kind => chunks, (kind, chunk) => (Kind: kind, Filter: chunk)).ToList();
        if (questions.Count == 0)
        {
            return null;
        }

        var answers = await graph.BatchAsync(
            [
                .. questions.Select(question => new GraphQuery(question.Kind.Collection)
                {
                    Select = question.Kind.Select, Filter = $"{property} in ({question.Filter})", Top = GraphReader.MostRows,
                }),
            ],
            cancellation);
        var holders = new Dictionary<string, List<DirectoryObject>>(tenant.Store.Folding);
        foreach (var (question, answer) in questions.Zip(answers))
        {
            // More than a page of one name is ambiguous all the same.
            if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
            {
                if (answer.WhyNot() is not DirectoryError.AccessDenied error)
                {
                    return answer.WhyNot();
                }

                denied.Add(question.Kind.Explain(error));
                continue;
            }

            foreach (var row in page.Items())
            {
                if (row.Text(property) is { } value && ObjectValues.Of(row, tenant, question.Kind.Kind) is { } item)
                {
                    (holders.TryGetValue(value, out var list) ? list : holders[value] = []).Add(item);
                }
            }
        }

        foreach (var references in asked)
        {
            if (!holders.TryGetValue(references.Key, out var some))
            {
                continue;
            }

            var candidates = some.DistinctBy(item => item.Id).Take(MostCandidates).ToList();
            foreach (var reference in references)
            {
                found[reference] = candidates is [var one] ? new ReferenceMatch.Found(one) : new ReferenceMatch.Ambiguous(candidates);
                open.Remove(reference);
            }
        }

        return null;
    }

    /// <summary>Lists of quoted values, none longer than Graph takes.</summary>
    private static IEnumerable<string> Chunks(IEnumerable<string> values)
    {
        var (chunk, length) = (new List<string>(), 0);
        foreach (var value in values.Select(GraphQuery.Quote))
        {
            if (chunk.Count == MostValues || (chunk.Count > 0 && length + value.Length > MostCharacters))
            {
                yield return string.Join(',', chunk);
                chunk.Clear();
                length = 0;
            }

            chunk.Add(value);
            length += value.Length + 1;
        }

        if (chunk.Count > 0)
        {
            yield return string.Join(',', chunk);
        }
    }

    private Guid? IdOf(string reference) =>
        Guid.TryParse(reference, out var id) ? id
        : DistinguishedName.TryParse(reference, out var dn) && _base.Equals(dn.Parent) && Guid.TryParse(dn.Name, out id) ? id
        : null;

    private static bool IsAddress(string reference) => IsName(reference) && reference.Contains('@', StringComparison.Ordinal) && !reference.Any(char.IsWhiteSpace);

    private static bool IsName(string reference) =>
        reference.Length <= LongestName && !string.IsNullOrWhiteSpace(reference) && !reference.Any(char.IsControl);
}
