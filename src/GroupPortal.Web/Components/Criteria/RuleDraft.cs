using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>A text that cannot be read yet: it is kept as it was typed, and the tree stays what it was.</summary>
public sealed record BrokenText(CriteriaLanguage Language, string Text, IReadOnlyList<CriteriaProblem> Problems);

/// <summary>
/// A rule while it is written: one tree, edited by the builder or as a text of any language. A typed text is kept as long as
/// it means the tree; any other text is written from the tree. Knows nothing of pages.
/// </summary>
public sealed class RuleDraft
{
    private readonly Dictionary<CriteriaLanguage, (Criterion Tree, QueryObjectType? Type, Translation Written)> _written = [];
    private EditHistory<Criterion> _history;
    private (CriteriaLanguage Language, string Text, Criterion Tree)? _typed;
    private bool _isBuilt;

    public RuleDraft(CriteriaVocabulary vocabulary, SmartRule? rule = null)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        Vocabulary = vocabulary;
        var tree = rule?.Criteria ?? Criterion.Everyone;
        _history = new EditHistory<Criterion>(CriteriaEdit.Rooted(tree));
        if (rule is not null)
        {
            _typed = (rule.Language, rule.Text, tree);
            (ObjectTypes, StartPaths, Include, Exclude) = (rule.ObjectTypes, rule.StartPaths, rule.Include, rule.Exclude);
        }
    }

    /// <summary>As it was left: what could not be read still cannot, and is there to be put right.</summary>
    public RuleDraft(CriteriaVocabulary vocabulary, DraftRule saved)
        : this(vocabulary)
    {
        ArgumentNullException.ThrowIfNull(saved);
        var reading = CriteriaText.Read(saved.Language, saved.Text, vocabulary);
        if (reading.IsValid)
        {
            _history = new EditHistory<Criterion>(CriteriaEdit.Rooted(reading.Root!));
            // "Everyone" is said only by who has said it.
            var isSaid = saved.IsWhole || (saved.Broken is not null && reading.Root is not Criterion.AllOf { Parts.Count: 0 });
            (_typed, _isBuilt) = (isSaid ? (saved.Language, saved.Text, reading.Root!) : null, !saved.IsWhole);
        }

        if (saved.Broken is { } broken)
        {
            Type(broken.Language, broken.Text);
        }

        (ObjectTypes, StartPaths, Include, Exclude) = (saved.ObjectTypes, saved.StartPaths, saved.Include, saved.Exclude);
    }

    public CriteriaVocabulary Vocabulary { get; }

    /// <summary>The last tree that could be read, as the builder shows it.</summary>
    public Criterion Root => _history.Present;

    /// <summary>The tree that is meant.</summary>
    public Criterion Tree => _typed is { } typed && CriteriaEdit.MeanTheSame(typed.Tree, Root) ? typed.Tree : CriteriaEdit.Plain(Root);

    public IReadOnlyList<QueryObjectType> ObjectTypes { get; set; } = [QueryObjectType.Users];

    public IReadOnlyList<StartPath> StartPaths { get; set; } = [];

    public IReadOnlyList<MembershipException> Include { get; set; } = [];

    public IReadOnlyList<MembershipException> Exclude { get; set; } = [];

    /// <summary>Null while every text reads.</summary>
    public BrokenText? Broken { get; private set; }

    /// <summary>Conditions of the builder that still want a value.</summary>
    public IReadOnlyList<string> Unfinished => _isBuilt ? [.. CriteriaEdit.Unfinished(Root)] : [];

    /// <summary>Nothing has been said yet: it would take in everybody, which somebody has to say in a text ("everyone").</summary>
    public bool IsEmpty => Broken is null && _typed is null && Root is Criterion.AllOf { Parts.Count: 0 };

    /// <summary>All that has to be kept of it, to go on another day.</summary>
    public DraftRule Saved
    {
        get
        {
            var (language, text) = Source;
            return new DraftRule(text, language)
            {
                IsWhole = Rule is not null && !IsEmpty,
                Broken = Broken is { } broken ? new DraftText(broken.Language, broken.Text) : null,
                ObjectTypes = ObjectTypes,
                StartPaths = StartPaths,
                Include = Include,
                Exclude = Exclude,
            };
        }
    }

    public bool CanUndo => Broken is not null || _history.CanUndo;

    public bool CanRedo => Broken is null && _history.CanRedo;

    /// <summary>The rule, or null while it cannot be read or is unfinished: nobody is selected by half a rule.</summary>
    public SmartRule? Rule
    {
        get
        {
            if (Broken is not null || Unfinished.Count > 0)
            {
                return null;
            }

            var (language, text) = Source;
            return new SmartRule
            {
                Criteria = Tree, Text = text, Language = language, ObjectTypes = ObjectTypes, StartPaths = StartPaths, Include = Include, Exclude = Exclude,
            };
        }
    }

    private (CriteriaLanguage Language, string Text) Source => _typed is { } typed && CriteriaEdit.MeanTheSame(typed.Tree, Root)
        ? (typed.Language, typed.Text)
        : (CriteriaLanguage.GroupId, Write(CriteriaLanguage.GroupId).Text ?? string.Empty);

    /// <summary>An edit of the builder. What was typed and could not be read gives way to it.</summary>
    /// <returns>False where the tree would be larger than rules may be; nothing changes then.</returns>
    public bool Edit(Criterion root, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        var rooted = CriteriaEdit.Rooted(root);
        if (!CriteriaEdit.IsWithinLimits(rooted))
        {
            return false;
        }

        (_history, Broken, _isBuilt) = (_history.To(rooted, key), null, true);
        return true;
    }

    /// <summary>A text as it is now typed.</summary>
    public void Type(CriteriaLanguage language, string text)
    {
        var reading = CriteriaText.Read(language, text, Vocabulary);
        if (!reading.IsValid)
        {
            Broken = new BrokenText(language, text, reading.Problems);
            return;
        }

        (_typed, Broken, _isBuilt) = ((language, text, reading.Root!), null, false);
        if (!CriteriaEdit.MeanTheSame(reading.Root!, Root))
        {
            _history = _history.To(CriteriaEdit.Rooted(reading.Root!), $"text {language}");
        }

        if (reading.ObjectType is { } type)
        {
            ObjectTypes = [type];
        }
        else if (ObjectTypes is [QueryObjectType.Devices] && Vocabulary.Kind == Core.Directories.StoreKind.EntraId && language == CriteriaLanguage.Entra)
        {
            // A rule on user.* again.
            ObjectTypes = [QueryObjectType.Users];
        }
    }

    /// <summary>The language that a text is written in, when one of the others reads it; null when none does.</summary>
    public CriteriaLanguage? Guess(string text, CriteriaLanguage not) =>
        new[] { CriteriaLanguage.GroupId, CriteriaLanguage.Ldap, CriteriaLanguage.Entra }
            .Where(language => language != not && CriteriaText.Read(language, text, Vocabulary).IsValid)
            .Select(language => (CriteriaLanguage?)language)
            .FirstOrDefault();

    /// <summary>What the tab of a language shows.</summary>
    public string TextOf(CriteriaLanguage language) => Broken is { } broken && broken.Language == language
        ? broken.Text
        : Source is var (typed, text) && typed == language ? text : Write(language).Text ?? string.Empty;

    /// <summary>The tree in a language, with what the language cannot say.</summary>
    public Translation Write(CriteriaLanguage language)
    {
        var tree = CriteriaEdit.Plain(Root);
        var type = CriteriaText.ObjectTypeOf(ObjectTypes);
        if (!_written.TryGetValue(language, out var known) || !ReferenceEquals(known.Tree, tree) || known.Type != type)
        {
            known = (tree, type, CriteriaText.Write(language, tree, Vocabulary, type));
            _written[language] = known;
        }

        return known.Written;
    }

    /// <summary>One step back: first what could not be read goes, then the last edit.</summary>
    public void Undo()
    {
        if (Broken is null)
        {
            _history = _history.Undo();
        }

        Broken = null;
    }

    public void Redo()
    {
        if (Broken is null)
        {
            _history = _history.Redo();
        }
    }
}
