using GroupPortal.Core.Criteria;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>The attributes of a vocabulary as lines of a list: those that rules mostly ask first, then by name.</summary>
internal static class AttributeOptions
{
    private static readonly string[] Usual =
    [
        "department", "jobTitle", "office", "companyName", "city", "country", "manager", "memberOf", "employeeType", "userType", "accountEnabled", "userAccountControl",
    ];

    public static IEnumerable<ComboOption> Find(CriteriaVocabulary vocabulary, string typed) =>
        from attribute in vocabulary.Attributes
        where attribute.Fields.Count == 0
        let label = CriteriaWords.LabelOf(attribute)
        let fit = Fit(attribute, label, typed)
        where fit < int.MaxValue
        orderby fit, typed.Length == 0 && Array.IndexOf(Usual, attribute.Label) is >= 0 and var place ? place : int.MaxValue, label
        select new ComboOption(attribute.Name, label, string.Equals(label, attribute.Name, StringComparison.OrdinalIgnoreCase) ? null : attribute.Name);

    // By what people call it before what a directory does, beginnings before middles.
    private static int Fit(CriteriaAttribute attribute, string label, string typed)
    {
        if (typed.Length == 0 || label.StartsWith(typed, StringComparison.CurrentCultureIgnoreCase))
        {
            return 0;
        }

        var names = new[] { attribute.Name, attribute.Ldap, attribute.Entra, attribute.EntraDevice, attribute.Graph }.OfType<string>().ToList();
        return names.Any(name => name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)) ? 1
            : label.Contains(typed, StringComparison.CurrentCultureIgnoreCase) ? 2
            : names.Any(name => name.Contains(typed, StringComparison.OrdinalIgnoreCase)) ? 3
            : int.MaxValue;
    }
}
