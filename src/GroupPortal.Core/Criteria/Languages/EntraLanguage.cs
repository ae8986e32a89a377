using GroupPortal.Core.Criteria.Languages.Entra;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Criteria.Languages;

/// <summary>Entra ID's membershipRule (reference entra.md 1).</summary>
internal static class EntraLanguage
{
    public static CriteriaReading Read(string text, CriteriaVocabulary vocabulary) => EntraParser.Read(text, vocabulary);

    public static Translation Write(Criterion root, CriteriaVocabulary vocabulary, QueryObjectType? objectType) => new EntraWriter(vocabulary, objectType).Write(root);

    /// <summary>What the rule language calls a device.</summary>
    public static bool IsDevice(QueryObjectType type) =>
        type is QueryObjectType.Devices or QueryObjectType.Workstations or QueryObjectType.Servers or QueryObjectType.DomainControllers;
}
