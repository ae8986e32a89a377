using System.Diagnostics.CodeAnalysis;

namespace GroupPortal.Core.Criteria.Languages.GroupId;

/// <summary>The names that can be asked at a place: the vocabulary's, or within <c>any x (…)</c> the item and its fields.</summary>
internal sealed class GroupIdScope(CriteriaVocabulary vocabulary, CriteriaAttribute? items = null, bool isUnknown = false)
{
    /// <summary>The items' attribute is not known: one problem is enough, whatever is asked of them.</summary>
    public bool IsUnknown => isUnknown;

    public CriteriaVocabulary Vocabulary => vocabulary;

    public CriteriaAttribute? Items => items;

    public bool TryGet(string name, [NotNullWhen(true)] out CriteriaAttribute? attribute)
    {
        if (items is null)
        {
            return vocabulary.TryGet(name, out attribute);
        }

        attribute = string.Equals(name, Criterion.Each.Item, StringComparison.Ordinal)
            ? new CriteriaAttribute(Criterion.Each.Item, items.Syntax)
            : items.Fields.FirstOrDefault(field => string.Equals(field, name, StringComparison.OrdinalIgnoreCase)) is { } known ? new CriteriaAttribute(known)
            : null;
        return attribute is not null;
    }

    public string? Nearest(string name) =>
        items is null ? vocabulary.Nearest(name, CriteriaLanguage.GroupId) : NearestWord.Of(name, items.Fields);
}
