using GroupPortal.Application.Groups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Core.SmartGroups.Import;

namespace GroupPortal.Application.SmartGroups.Import;

/// <summary>
/// Makes what was read from a file into groups of a store with their rules: looks up every name, proposes rules for groups that
/// came without, and shows whom each would move. Reads only; saving is <see cref="ImportRequests"/> and GroupService.
/// </summary>
public sealed class ImportService
{
    /// <summary>References in one question to the directory.</summary>
    private const int Portion = 1000;

    /// <summary>A proposal is made from all members or not at all; larger groups get none.</summary>
    private const int MostMembers = 1000;

    private static readonly ObjectKind[] Members =
        [ObjectKind.User, ObjectKind.Contact, ObjectKind.Group, ObjectKind.Computer, ObjectKind.Device, ObjectKind.ServicePrincipal];

    private readonly StoreRegistry _stores;
    private readonly GroupReader _groups;
    private readonly RuleReader _rules;
    private readonly Func<int, PreviewQuery, CancellationToken, Task<PreviewAnswer>> _previewAsync;

    public ImportService(StoreRegistry stores, GroupReader groups, RuleReader rules, PreviewService previews)
        : this(stores, groups, rules, (previews ?? throw new ArgumentNullException(nameof(previews))).PreviewAsync)
    {
    }

    /// <summary>For tests with previews of their own.</summary>
    internal ImportService(
        StoreRegistry stores, GroupReader groups, RuleReader rules, Func<int, PreviewQuery, CancellationToken, Task<PreviewAnswer>> previewAsync) =>
        (_stores, _groups, _rules, _previewAsync) = (stores, groups, rules, previewAsync);

    /// <summary>
    /// What every name of the file leads to, in the file's order: a few questions for each thousand of names. With
    /// <see cref="DirectoryAnswer{T}.Failed"/> nothing is known; half an answer is none.
    /// </summary>
    /// <param name="progress">Told how many names have been looked up, of how many.</param>
    public async Task<DirectoryAnswer<IReadOnlyList<ImportedGroup>>> ResolveAsync(
        int storeId, IReadOnlyList<ImportedQuery> queries, Func<int, int, Task> progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(progress);
        if (!_stores.TryGet(storeId, out var directory))
        {
            return new DirectoryError.NotFound();
        }

        var groupNames = Distinct(queries.Select(query => query.Group));
        var others = Distinct(queries.SelectMany(query => query.Include.Concat(query.Exclude).Select(one => one.Reference).Concat(query.Owners)));
        var total = groupNames.Count + others.Count;
        var groups = await LookUpAsync(directory, groupNames, [ObjectKind.Group], done => progress(done, total), cancellation);
        if (groups is not DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok(var groupMatches))
        {
            return ErrorOf(groups);
        }

        var people = await LookUpAsync(directory, others, Members, done => progress(groupNames.Count + done, total), cancellation);
        if (people is not DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok(var matches))
        {
            return ErrorOf(people);
        }

        var imported = queries.Select(query => new ImportedGroup(query, null,
        [
            Reference(ImportRole.Group, query.Group, groupMatches),
            .. query.Include.Select(one => Reference(ImportRole.Include, one.Reference, matches)),
            .. query.Exclude.Select(one => Reference(ImportRole.Exclude, one.Reference, matches)),
            .. query.Owners.Select(owner => Reference(ImportRole.Owner, owner, matches)),
        ])).ToList();
        return await WithStatesAsync(directory, imported, cancellation);
    }

    /// <summary>The same with one open name settled by hand, wherever in the file it stands in this role; or left out, where <paramref name="meant"/> is null.</summary>
    public async Task<DirectoryAnswer<IReadOnlyList<ImportedGroup>>> SettleAsync(
        int storeId, IReadOnlyList<ImportedGroup> imported, ImportRole role, string reference, DirectoryObject? meant, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(imported);
        if (!_stores.TryGet(storeId, out var directory))
        {
            return new DirectoryError.NotFound();
        }

        var settled = imported.Select(one => one.References.Any(IsMeant)
            ? one with { References = [.. one.References.Select(known => IsMeant(known) ? known with { Meant = meant, IsLeftOut = meant is null } : known)] }
            : one).ToList();
        return role == ImportRole.Group ? await WithStatesAsync(directory, settled, cancellation) : DirectoryAnswer.Ok<IReadOnlyList<ImportedGroup>>(settled);

        bool IsMeant(ImportedReference known) => known.Role == role && string.Equals(known.Reference, reference, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whom the rule would move, and one page of them. Only for a group that is ready; the answer of any other is
    /// <see cref="PreviewAnswer.GroupUnknown"/>.
    /// </summary>
    /// <param name="take">0 for the counts alone.</param>
    public async Task<ImportedPreview> PreviewAsync(
        int storeId, ImportedGroup imported, string account, PreviewShow show, int skip, int take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(imported);
        if (imported.RuleBy(account) is not { } rule)
        {
            return new ImportedPreview(new PreviewAnswer.GroupUnknown(), 0, 0, 0, 0);
        }

        var answer = await _previewAsync(storeId, new PreviewQuery(rule, imported.Group!.Id) { Show = show, Skip = skip, Take = take }, cancellation);
        if (answer is not PreviewAnswer.Ok({ Counts: var counts }))
        {
            return new ImportedPreview(answer, 0, 0, 0, 0);
        }

        var keeps = imported.Group.Membership == Membership.Static;
        return new ImportedPreview(answer, counts.Joining, keeps ? 0 : counts.Leaving, counts.Staying, keeps ? counts.Leaving : 0);
    }

    /// <summary>The group of each query as it is now; two names of one group are found out.</summary>
    private async Task<DirectoryAnswer<IReadOnlyList<ImportedGroup>>> WithStatesAsync(IDirectory directory, List<ImportedGroup> imported, CancellationToken cancellation)
    {
        var ids = imported.Select(IdOf).OfType<Guid>().Distinct().ToList();
        var states = new Dictionary<Guid, GroupState>();
        foreach (var portion in ids.Chunk(Portion))
        {
            var answer = await _groups.GetManyAsync(directory.Store.Id, portion, cancellation);
            if (answer is not DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Ok(var found))
            {
                return ErrorOf(answer);
            }

            foreach (var (id, state) in found)
            {
                states[id] = state;
            }
        }

        var first = new Dictionary<Guid, ImportPlace>();
        var result = new List<ImportedGroup>(imported.Count);
        foreach (var one in imported)
        {
            var state = IdOf(one) is { } id ? states.GetValueOrDefault(id) : null;
            var isFirst = state is null || first.TryAdd(state.Id, one.Query.Place);
            var known = one with { Group = state, SameAs = isFirst ? null : first[state!.Id] };
            result.Add(known.Query.Criteria.Length == 0 && state is not null && known.Query.Problems.Count == 0 ? await ProposeAsync(directory, known, state, cancellation) : known);
        }

        return DirectoryAnswer.Ok<IReadOnlyList<ImportedGroup>>(result);
    }

    /// <summary>A rule for a group that was named without one: what it has already, Entra's own, or what its members share.</summary>
    private async Task<ImportedGroup> ProposeAsync(IDirectory directory, ImportedGroup imported, GroupState group, CancellationToken cancellation)
    {
        if (_rules.RuleOf(group, directory.Vocabulary) is { } present)
        {
            var own = With(imported, RuleOrigin.Present, present.Text, present.Language, directory.Vocabulary);
            return own with
            {
                Query = own.Query with
                {
                    ObjectTypes = present.ObjectTypes,
                    StartPaths = present.StartPaths,
                    Include = [.. present.Include.Select(Exception)],
                    Exclude = [.. present.Exclude.Select(Exception)],
                },
                References =
                [
                    .. own.References,
                    .. present.Include.Select(one => Known(ImportRole.Include, one)),
                    .. present.Exclude.Select(one => Known(ImportRole.Exclude, one)),
                ],
            };
        }

        if (group.Attributes.First(AttributeNames.MembershipRule) is { Length: > 0 } rule)
        {
            return With(imported, RuleOrigin.Dynamic, rule, CriteriaLanguage.Entra, directory.Vocabulary);
        }

        if (group.MemberCount > MostMembers
            || await directory.MembersAsync(new MemberQuery(group.Id, Take: MostMembers), cancellation) is not DirectoryAnswer<Page<DirectoryObject>>.Ok(var members)
            || members.Items.Count < members.Total
            || SharedValues.Of(members.Items, directory.Vocabulary) is not { } shared
            || CriteriaText.Write(CriteriaLanguage.GroupId, shared, directory.Vocabulary) is not { IsExact: true, Text: { } text })
        {
            return imported;
        }

        return With(imported, RuleOrigin.Shared, text, CriteriaLanguage.GroupId, directory.Vocabulary);
    }

    private ImportedGroup With(ImportedGroup imported, RuleOrigin origin, string text, CriteriaLanguage language, CriteriaVocabulary vocabulary) => imported with
    {
        Origin = origin,
        Query = imported.Query with { Criteria = text, Language = language, Reading = _rules.Read(language, text, vocabulary) },
    };

    private static ImportedException Exception(MembershipException one) => new(one.Id.ToString("D"), one.Reason, one.Until);

    private static ImportedReference Known(ImportRole role, MembershipException one) =>
        new(role, one.Id.ToString("D"), new DirectoryObject(one.Id, ObjectKind.User, one.Id.ToString("D"), string.Empty), []);

    private static async Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> LookUpAsync(
        IDirectory directory, List<string> references, ObjectKind[] kinds, Func<int, Task> progress, CancellationToken cancellation)
    {
        var all = new Dictionary<string, ReferenceMatch>(StringComparer.OrdinalIgnoreCase);
        var done = 0;
        foreach (var portion in references.Chunk(Portion))
        {
            var answer = await directory.ResolveAsync(portion, kinds, cancellation);
            if (answer is not DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok(var found))
            {
                return ErrorOf(answer);
            }

            foreach (var (reference, match) in found)
            {
                all[reference] = match;
            }

            await progress(done += portion.Length);
        }

        return DirectoryAnswer.Ok<IReadOnlyDictionary<string, ReferenceMatch>>(all);
    }

    private static ImportedReference Reference(ImportRole role, string reference, IReadOnlyDictionary<string, ReferenceMatch> matches) => matches.GetValueOrDefault(reference) switch
    {
        ReferenceMatch.Found(var found) => new ImportedReference(role, reference, found, []),
        ReferenceMatch.Ambiguous(var candidates) => new ImportedReference(role, reference, null, candidates),
        _ => new ImportedReference(role, reference, null, []),
    };

    private static Guid? IdOf(ImportedGroup imported) => imported.References.FirstOrDefault(reference => reference.Role == ImportRole.Group)?.Meant?.Id;

    private static List<string> Distinct(IEnumerable<string> references) => [.. references.Where(reference => reference.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static DirectoryError ErrorOf<T>(DirectoryAnswer<T> answer) => answer switch
    {
        DirectoryAnswer<T>.Failed(var error) => error,
        DirectoryAnswer<T>.Partial(_, var why) => why,
        _ => throw new InvalidOperationException("An answer that is whole has no error."),
    };
}
