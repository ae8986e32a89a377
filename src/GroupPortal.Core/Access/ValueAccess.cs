using GroupPortal.Core.Criteria;

namespace GroupPortal.Core.Access;

/// <summary>
/// Whose values a person may see. The portal reads with an account of its own, which sees more than the people who ask: to those
/// without a role it shows only what <see cref="CriteriaAttribute.IsOpen"/>.
/// </summary>
public static class ValueAccess
{
    public static bool MaySee(PortalRole role, CriteriaAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        return attribute.IsOpen || role is PortalRole.Administrator or PortalRole.Helpdesk;
    }

    /// <summary>By any of its names; one that the vocabulary does not know has no values.</summary>
    public static bool MaySee(PortalRole role, CriteriaVocabulary vocabulary, string attribute)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return !vocabulary.TryGet(attribute, out var known) || MaySee(role, known);
    }
}
