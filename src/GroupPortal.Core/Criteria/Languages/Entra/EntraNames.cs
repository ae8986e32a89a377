using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Languages.Entra;

/// <summary>The names of a membershipRule in a vocabulary, and the two that need more than a name.</summary>
internal static partial class EntraNames
{
    public const string User = "user";
    public const string Device = "device";
    public const string AccountEnabled = "accountEnabled";
    public const string AccountControl = "userAccountControl";
    public const string MemberOf = "memberOf";
    public const string Manager = "manager";
    public const string ObjectId = "objectId";

    /// <summary>What a disabled account is in Active Directory: ADS_UF_ACCOUNTDISABLE.</summary>
    public static Criterion DisabledInActiveDirectory { get; } = new Criterion.Compare(AccountControl, CompareOperator.AllBits, "2");

    /// <summary>The attribute of a property's name (without object), where the language has it for this object and the store too.</summary>
    public static bool TryGet(CriteriaVocabulary vocabulary, string name, bool isDevice, [NotNullWhen(true)] out CriteriaAttribute? attribute)
    {
        if (vocabulary.TryGet(name, out attribute) && IsCalled(attribute, name, isDevice))
        {
            return true;
        }

        // Directory extensions of an application: Entra ID knows them by name alone, and all are text.
        attribute = IsExtension(name, vocabulary) ? new CriteriaAttribute(name) { Entra = name, EntraDevice = name } : null;
        return attribute is not null;
    }

    /// <summary>The attribute under the tree's name, with directory extensions.</summary>
    public static CriteriaAttribute? Find(CriteriaVocabulary vocabulary, string attribute) =>
        vocabulary.TryGet(attribute, out var known) ? known
        : IsExtension(attribute, vocabulary) ? new CriteriaAttribute(attribute) { Entra = attribute, EntraDevice = attribute }
        : null;

    /// <summary>What the items of an object collection are called in its lambda: <c>assignedPlan</c> of <c>assignedPlans</c>.</summary>
    public static string ItemOf(CriteriaAttribute attribute) => attribute.Name.TrimEnd('s');

    /// <summary>Whether <c>accountEnabled</c> means a flag here, because the store keeps no such attribute.</summary>
    public static bool IsAccountFlag(CriteriaVocabulary vocabulary, string name) =>
        vocabulary.Kind == StoreKind.ActiveDirectory && string.Equals(name, AccountEnabled, StringComparison.OrdinalIgnoreCase);

    private static bool IsCalled(CriteriaAttribute attribute, string name, bool isDevice) =>
        string.Equals(isDevice ? attribute.EntraDevice : attribute.Entra, name, StringComparison.OrdinalIgnoreCase);

    private static bool IsExtension(string name, CriteriaVocabulary vocabulary) => vocabulary.Kind == StoreKind.EntraId && ExtensionForm().IsMatch(name);

    [GeneratedRegex("^extension_[0-9a-f]{32}_[0-9a-z_]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ExtensionForm();
}
