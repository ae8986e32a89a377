using GroupPortal.Core.Criteria.Languages.Ldap;

namespace GroupPortal.Core.Criteria.Languages;

/// <summary>
/// LDAP filters, RFC 4515, with <c>(&amp;)</c> and <c>(|)</c> of RFC 4526, as Active Directory understands them. Reading what was
/// written exactly gives the same tree, but for what <see cref="CriterionNormal"/> makes one.
/// </summary>
internal static class LdapLanguage
{
    public static CriteriaReading Read(string text, CriteriaVocabulary vocabulary) => new LdapReader(text, vocabulary).Read();

    public static Translation Write(Criterion root, CriteriaVocabulary vocabulary) =>
        CriterionSize.Of(root).Problem is { } problem ? new Translation(null, root, [problem]) : new LdapWriter(vocabulary).Write(root);
}
