using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>What the lines of a builder know of it, and ask of it.</summary>
public sealed class BuilderContext
{
    private readonly Func<Edited, string?, bool, Task> _apply;
    private readonly Func<Edited, Task> _move;
    private readonly Action<string> _toggle;

    internal BuilderContext(
        IdentityStore store, CriteriaVocabulary vocabulary, string id, Func<Edited, string?, bool, Task> apply, Func<Edited, Task> move, Action<string> toggle)
    {
        (Store, Vocabulary, Id, _apply, _move, _toggle) = (store, vocabulary, id, apply, move, toggle);
    }

    public IdentityStore Store { get; }

    public CriteriaVocabulary Vocabulary { get; }

    /// <summary>Begins the ids of all its elements.</summary>
    public string Id { get; }

    public Criterion Root { get; internal set; } = Criterion.Everyone;

    /// <summary>By the builder's own paths; empty until there is an effect.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; internal set; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>The counts belong to an older tree.</summary>
    public bool CountsAreStale { get; internal set; }

    public IReadOnlyList<LintFinding> Lint { get; internal set; } = [];

    public HashSet<string> Selected { get; } = new(StringComparer.Ordinal);

    /// <summary>Values of an attribute that begin with, or contain, a text.</summary>
    public Func<string, string, CancellationToken, Task<IReadOnlyList<ValueCount>>> Suggest { get; internal set; } = (_, _, _) => Task.FromResult<IReadOnlyList<ValueCount>>([]);

    /// <param name="key">Edits in a row with the same key are undone together.</param>
    /// <param name="focus">Whether the focus follows to the edited clause.</param>
    public Task ApplyAsync(Edited edited, string? key = null, bool focus = false) => _apply(edited, key, focus);

    public Task MoveAsync(Edited edited) => _move(edited);

    public void Toggle(string path) => _toggle(path);

    /// <summary>The criterion in words that everybody reads the same: GroupID text where it can be said, else the tree's shape.</summary>
    public string TextOf(Criterion criterion) => Core.Criteria.Languages.CriteriaText.Write(CriteriaLanguage.GroupId, criterion, Vocabulary).Text ?? Shape(criterion);

    private string Shape(Criterion criterion) => criterion switch
    {
        Criterion.Compare compare => $"{CriteriaWords.LabelOf(Vocabulary, compare.Attribute)} {compare.Operator} \"{compare.Value}\"",
        Criterion.Present present => $"{CriteriaWords.LabelOf(Vocabulary, present.Attribute)} {ConditionKind.Present}",
        Criterion.Chain chain => string.Create(System.Globalization.CultureInfo.CurrentCulture, $"{CriteriaWords.LabelOf(Vocabulary, chain.Attribute)} → {chain.Target} (≤ {chain.Depth})"),
        Criterion.Each each => $"{each.Quantifier} {CriteriaWords.LabelOf(Vocabulary, each.Attribute)}: {Shape(each.Inner)}",
        Criterion.Not not => $"¬({Shape(not.Inner)})",
        Criterion.AllOf all => string.Join(" ∧ ", all.Parts.Select(Shape)),
        Criterion.AnyOf any => string.Join(" ∨ ", any.Parts.Select(Shape)),
        _ => "",
    };
}
