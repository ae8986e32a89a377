using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Criteria.Languages;

/// <summary>Reads and writes criteria in each language. Pure; never throws for what a person can type.</summary>
public static class CriteriaText
{
    /// <summary>What <see cref="Write"/> takes for a rule that asks for these types: the first of computers, or of the others; null where both are.</summary>
    public static QueryObjectType? ObjectTypeOf(IReadOnlyList<QueryObjectType> objectTypes)
    {
        ArgumentNullException.ThrowIfNull(objectTypes);
        var first = objectTypes.Count == 0 ? (QueryObjectType?)null : objectTypes[0];
        return objectTypes.All(type => EntraLanguage.IsDevice(type) == EntraLanguage.IsDevice(first!.Value)) ? first : null;
    }

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

    /// <param name="objectType">
    /// Whom the rule is about: a membershipRule is on users or on devices, also where both have what it asks. Null where nobody
    /// said it: then on devices only where only they have it.
    /// </param>
    public static Translation Write(CriteriaLanguage language, Criterion root, CriteriaVocabulary vocabulary, QueryObjectType? objectType = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(vocabulary);
        return language switch
        {
            CriteriaLanguage.GroupId => GroupIdLanguage.Write(root, vocabulary),
            CriteriaLanguage.Ldap => LdapLanguage.Write(root, vocabulary),
            CriteriaLanguage.Entra => EntraLanguage.Write(root, vocabulary, objectType),
            CriteriaLanguage.Graph => GraphLanguage.Write(root, vocabulary),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, message: null),
        };
    }
}
