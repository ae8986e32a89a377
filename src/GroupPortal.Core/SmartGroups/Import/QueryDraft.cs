using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>One value of a field as the file has it.</summary>
/// <param name="Name">The field's name in the file.</param>
internal sealed record ImportedValue(string Name, string Text, ImportPlace Place)
{
    public string? Scope { get; init; }

    public string Reason { get; init; } = string.Empty;

    public string? Until { get; init; }
}

/// <summary>Collects the values of one query, and makes it of them with everything that is wrong.</summary>
internal sealed class QueryDraft(ImportPlace place, CriteriaVocabulary vocabulary)
{
    private static readonly char[] Lists = [';', '|', '\n', '\r'];
    private readonly Dictionary<ImportField, List<ImportedValue>> _values = [];
    private readonly List<ImportProblem> _problems = [];

    public bool IsEmpty => _values.Count == 0;

    public void Add(ImportField field, ImportedValue value)
    {
        var text = value.Text.Trim();
        if (text.Length == 0)
        {
            return;
        }

        if (field == ImportField.Unsupported)
        {
            // "No script", in the words of different exports.
            if (text.ToUpperInvariant() is not ("FALSE" or "0" or "NONE" or "NULL" or "ANY" or "[]" or "{}"))
            {
                Refuse("PartUnsupported", value.Place, value.Name);
            }

            return;
        }

        if (!_values.TryGetValue(field, out var values))
        {
            _values.Add(field, values = []);
        }

        values.Add(value with { Text = text });
    }

    public void Refuse(string code, ImportPlace where, params string[] arguments) => _problems.Add(new ImportProblem(code, where, arguments));

    public ImportedQuery Build()
    {
        var (text, language, reading) = Criteria();
        var query = new ImportedQuery(place)
        {
            Group = Of(ImportField.Group).OrderBy(value => ImportFields.GroupRank(value.Name) ?? int.MaxValue).FirstOrDefault()?.Text ?? string.Empty,
            Criteria = text,
            Language = language,
            Reading = reading,
            ObjectTypes = ObjectTypes(),
            StartPaths = StartPaths(),
            Include = Exceptions(ImportField.Include),
            Exclude = Exceptions(ImportField.Exclude),
            Owners = [.. Of(ImportField.Owners)
                .OrderBy(value => ImportFields.IsAdditional(value.Name))
                .SelectMany(value => Pieces(value.Text))
                .Distinct(StringComparer.OrdinalIgnoreCase)],
        };
        if (query.Group.Length == 0)
        {
            Refuse("GroupMissing", place);
        }

        return query with { Problems = _problems };
    }

    private List<ImportedValue> Of(ImportField field) => _values.GetValueOrDefault(field) ?? [];

    private (string Text, CriteriaLanguage Language, CriteriaReading? Reading) Criteria()
    {
        var given = Of(ImportField.Criteria).DistinctBy(value => value.Text, StringComparer.Ordinal).ToList();
        if (given.Count == 0)
        {
            Refuse("CriteriaMissing", place);
            return (string.Empty, CriteriaLanguage.GroupId, null);
        }

        CriteriaLanguage? named = null;
        if (Of(ImportField.Language) is [var said, ..])
        {
            if (RuleValues.TryParse(said.Text, out CriteriaLanguage known))
            {
                named = known;
            }
            else
            {
                Refuse("LanguageUnknown", said.Place, said.Text);
            }
        }

        // An export may hold the criteria and the filter made of them. They are one query only if they say the same.
        var all = given.ConvertAll(value => (Value: value, Guess: LanguageGuess.Of(value.Text, named, ImportFields.Key(value.Name), vocabulary)));
        var (chosen, (language, reading)) = all.Find(one => one.Guess.Reading.IsValid) is { Value: not null } valid ? valid : all[0];
        if (all.Exists(one => one.Guess.Reading.IsValid && !Equals(one.Guess.Reading.Root, reading.Root)))
        {
            Refuse("TwoCriteria", chosen.Place);
        }

        _problems.AddRange(reading.Problems.Select(problem => new ImportProblem(
            "CriteriaBroken", chosen.Place, (problem.Start + 1).ToString(CultureInfo.CurrentCulture))
        {
            Words = Resources.Texts.Format("Import.CriteriaBroken", (problem.Start + 1).ToString(CultureInfo.CurrentCulture), problem.Message),
        }));
        if (reading.Root is null && reading.Problems.Count == 0)
        {
            Refuse("CriteriaMissing", chosen.Place);
        }

        if (chosen.Text.Contains("=Database.[", StringComparison.OrdinalIgnoreCase))
        {
            Refuse("ExternalSource", chosen.Place);
        }

        return (chosen.Text, language, reading);
    }

    private List<QueryObjectType> ObjectTypes()
    {
        var types = new List<QueryObjectType>();
        foreach (var value in Of(ImportField.ObjectTypes))
        {
            foreach (var word in value.Text.Split([',', ';', '|', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (TypeOf(word) is { } type)
                {
                    if (!types.Contains(type))
                    {
                        types.Add(type);
                    }
                }
                else
                {
                    Refuse("ObjectTypeUnknown", value.Place, word);
                }
            }
        }

        return types;
    }

    /// <summary>A number of the API, or a name such as "Mailbox users".</summary>
    private static QueryObjectType? TypeOf(string word)
    {
        if (RuleValues.TryParse(word, out QueryObjectType type))
        {
            return type;
        }

        var key = ImportFields.Key(word);
        foreach (var known in Enum.GetValues<QueryObjectType>())
        {
            if (known.ToString().ToUpperInvariant() is var name && (name == key || name == key + "S"))
            {
                return known;
            }
        }

        return null;
    }

    private List<StartPath> StartPaths()
    {
        var given = Of(ImportField.StartPath).SelectMany(Paths).ToList();
        var scopes = Of(ImportField.Scope).SelectMany(value => value.Text.Split([',', ';', '|', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (scopes.Count > 1 && scopes.Count != given.Count)
        {
            Refuse("ScopesDiffer", Of(ImportField.Scope)[0].Place, Number(scopes.Count), Number(given.Count));
        }

        var paths = new List<StartPath>();
        var isEverywhere = false;
        for (var index = 0; index < given.Count; index++)
        {
            var (dn, own, where) = given[index];
            var scope = own ?? (scopes.Count == 1 ? scopes[0] : scopes.ElementAtOrDefault(index)) ?? "2";
            if (dn.StartsWith("GC=", StringComparison.OrdinalIgnoreCase))
            {
                isEverywhere = true;
                _problems.Add(new ImportProblem("WholeForest", where, dn) { IsHint = true });
            }
            else if (Scope(scope) is not { } known)
            {
                Refuse("ScopeUnknown", where, scope);
            }
            else if (!DistinguishedName.TryParse(dn, out _))
            {
                Refuse("StartPathUnknown", where, dn);
            }
            else
            {
                paths.Add(new StartPath(dn, known));
            }
        }

        return isEverywhere ? [] : [.. paths.Distinct()];
    }

    /// <summary>Several in one text; a number before one is its scope, as <see cref="RuleValues"/> writes it.</summary>
    private static IEnumerable<(string Dn, string? Scope, ImportPlace Place)> Paths(ImportedValue value)
    {
        string? scope = null;
        foreach (var piece in Pieces(value.Text))
        {
            if (piece is ['0' or '1' or '2'])
            {
                scope = piece;
                continue;
            }

            yield return (piece, scope ?? value.Scope, value.Place);
            scope = null;
        }
    }

    private static StartScope? Scope(string text) => text.Trim().ToUpperInvariant() switch
    {
        "0" or "BASE" => StartScope.Base,
        "1" or "ONELEVEL" or "ONE" => StartScope.OneLevel,
        "2" or "SUBTREE" or "SUB" => StartScope.Subtree,
        _ => null,
    };

    private List<ImportedException> Exceptions(ImportField field)
    {
        var exceptions = new List<ImportedException>();
        foreach (var value in Of(field))
        {
            foreach (var line in value.Text.Split([';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                // As the portal itself writes them; else a list.
                if (line.Contains('|', StringComparison.Ordinal) && RuleValues.TryParse(line, out MembershipException? own))
                {
                    exceptions.Add(new ImportedException(own.Id.ToString("D"), own.Reason, own.Until));
                    continue;
                }

                var until = Until(value);
                exceptions.AddRange(Pieces(line).Select(reference => new ImportedException(reference, value.Reason, until)));
            }
        }

        return [.. exceptions.DistinctBy(one => one.Reference, StringComparer.OrdinalIgnoreCase)];
    }

    private DateTimeOffset? Until(ImportedValue value)
    {
        if (string.IsNullOrWhiteSpace(value.Until))
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(value.Until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var until))
        {
            Refuse("EndUnknown", value.Place, value.Until);
            return null;
        }

        // The vendor's words for "never" (reference groupid.md (d)): the year 1, and the year 9999.
        return until.Year is 1 or 9999 ? null : until;
    }

    private static string[] Pieces(string text) => text.Split(Lists, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
