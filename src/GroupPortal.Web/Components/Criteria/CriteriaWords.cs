using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Resources;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>Attributes, conditions and values of rules in the words of people; the directory's own names stay beside them.</summary>
public static class CriteriaWords
{
    private const string Extension = "extensionAttribute";

    public static string LabelOf(CriteriaAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        if (attribute.Name.StartsWith(Extension, StringComparison.Ordinal))
        {
            return Texts.Format("Attribute.Extension", attribute.Name[Extension.Length..]);
        }

        var key = "Attribute." + attribute.Label;
        return Texts.Has(key) ? Texts.Format(key) : attribute.Name;
    }

    public static string LabelOf(CriteriaVocabulary vocabulary, string attribute)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return vocabulary.TryGet(attribute, out var known) ? LabelOf(known) : attribute;
    }

    public static string LabelOf(CriteriaCondition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Texts.Format("Condition." + condition.Key);
    }

    public static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
