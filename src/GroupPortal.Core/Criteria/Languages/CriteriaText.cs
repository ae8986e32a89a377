namespace GroupPortal.Core.Criteria.Languages;

/// <summary>Reads and writes criteria in each language. Pure; never throws for what a person can type.</summary>
public static class CriteriaText
{
    /// <summary>The tree and all problems. Graph's <c>$filter</c> is only written.</summary>
    public static CriteriaReading Read(CriteriaLanguage language, string text, CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (text.Length > CriteriaLimits.TextLength)
        {
            return new CriteriaReading(null, [new CriteriaProblem("TooLong", CriteriaLimits.TextLength, text.Length - CriteriaLimits.TextLength)]);
        }

        return language switch
        {
            CriteriaLanguage.GroupId => GroupIdLanguage.Read(text, vocabulary),
            CriteriaLanguage.Ldap => LdapLanguage.Read(text, vocabulary),
            CriteriaLanguage.Entra => EntraLanguage.Read(text, vocabulary),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, message: null),
        };
    }

    public static Translation Write(CriteriaLanguage language, Criterion root, CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(vocabulary);
        return language switch
        {
            CriteriaLanguage.GroupId => GroupIdLanguage.Write(root, vocabulary),
            CriteriaLanguage.Ldap => LdapLanguage.Write(root, vocabulary),
            CriteriaLanguage.Entra => EntraLanguage.Write(root, vocabulary),
            CriteriaLanguage.Graph => GraphLanguage.Write(root, vocabulary),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, message: null),
        };
    }
}
