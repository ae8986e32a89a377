namespace GroupPortal.Core.Criteria;

public enum CriteriaLanguage
{
    /// <summary>GroupID criteria text, <c>(department Contains "engineering")</c>, and our superset of it.</summary>
    GroupId,

    /// <summary>An LDAP filter, RFC 4515.</summary>
    Ldap,

    /// <summary>Entra ID's membershipRule.</summary>
    Entra,

    /// <summary>Microsoft Graph's <c>$filter</c>; only written.</summary>
    Graph,
}
