namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>What a name in a file stands for.</summary>
internal enum ImportField
{
    /// <summary>None of a query's.</summary>
    None,
    Group,
    Criteria,
    Language,
    ObjectTypes,
    StartPath,
    Scope,
    Include,
    Exclude,
    Owners,

    /// <summary>Holds other fields.</summary>
    Nested,

    /// <summary>Changes whom the query selects, in a way that the portal does not have (reference groupid.md A3: Storage, Database, Script, Password Expiry).</summary>
    Unsupported,
}

/// <summary>
/// The names of a query's parts in files. The vendor does not document its export, so the API's names, the cmdlets' and those
/// of its pages are understood, whatever their case and punctuation.
/// </summary>
internal static class ImportFields
{
    /// <summary>The surest first: where a record has several, the first of these names the group.</summary>
    private static readonly string[] GroupNames =
    [
        "OBJECTGUID", "OBJECTIDFROMIDENTITYSTORE", "OBJECTID", "GROUPGUID", "GUID", "GROUPIDENTITY", "IDENTITY", "DISTINGUISHEDNAME", "GROUPDN", "DN", "ID",
        "SAMACCOUNTNAME", "ACCOUNTNAME", "GROUP", "GROUPNAME", "NAME", "CN", "COMMONNAME", "DISPLAYNAME", "MAIL",
    ];

    private static readonly Dictionary<string, ImportField> Table = new(StringComparer.Ordinal)
    {
        ["CRITERIA"] = ImportField.Criteria, ["IMSGCRITERIA"] = ImportField.Criteria, ["FILTER"] = ImportField.Criteria, ["FILTERCRITERIA"] = ImportField.Criteria,
        ["LDAPFILTER"] = ImportField.Criteria, ["LDAPQUERY"] = ImportField.Criteria, ["QUERY"] = ImportField.Criteria, ["MEMBERSHIPRULE"] = ImportField.Criteria,
        ["RULE"] = ImportField.Criteria, ["SEARCHCRITERIA"] = ImportField.Criteria,
        ["LANGUAGE"] = ImportField.Language, ["XCRITERIALANGUAGE"] = ImportField.Language, ["CRITERIALANGUAGE"] = ImportField.Language,
        ["OBJECTTYPES"] = ImportField.ObjectTypes, ["IMSGOBJECTTYPES"] = ImportField.ObjectTypes, ["IMSGOBJECTTYPE"] = ImportField.ObjectTypes,
        ["OBJECTTYPELIST"] = ImportField.ObjectTypes, ["FIND"] = ImportField.ObjectTypes,
        ["STARTPATH"] = ImportField.StartPath, ["STARTPATHS"] = ImportField.StartPath, ["IMSGSTARTPATH"] = ImportField.StartPath, ["IMSGSTARTPATHS"] = ImportField.StartPath,
        ["CONTAINERS"] = ImportField.StartPath, ["SEARCHCONTAINERS"] = ImportField.StartPath, ["SEARCHCONTAINER"] = ImportField.StartPath, ["STARTIN"] = ImportField.StartPath,
        ["STARTINCONTAINERS"] = ImportField.StartPath, ["STARTINCONTAINERWITHSCOPES"] = ImportField.StartPath,
        ["SCOPE"] = ImportField.Scope, ["SCOPES"] = ImportField.Scope, ["STARTPATHSCOPE"] = ImportField.Scope, ["SEARCHCONTAINERSSCOPELIST"] = ImportField.Scope,
        ["INCLUDE"] = ImportField.Include, ["INCLUDES"] = ImportField.Include, ["IMSGINCLUDE"] = ImportField.Include, ["IMSGINCLUDES"] = ImportField.Include,
        ["EXCLUDE"] = ImportField.Exclude, ["EXCLUDES"] = ImportField.Exclude, ["IMSGEXCLUDE"] = ImportField.Exclude, ["IMSGEXCLUDES"] = ImportField.Exclude,
        ["OWNER"] = ImportField.Owners, ["OWNERS"] = ImportField.Owners, ["MANAGEDBY"] = ImportField.Owners, ["ADDITIONALOWNER"] = ImportField.Owners,
        ["ADDITIONALOWNERS"] = ImportField.Owners, ["XADDITIONALOWNER"] = ImportField.Owners, ["XADDITIONALOWNERS"] = ImportField.Owners,
        ["ATTRIBUTESCOLLECTION"] = ImportField.Nested, ["ATTRIBUTES"] = ImportField.Nested, ["ATTRIBUTESBUSINESSOBJECT"] = ImportField.Nested,
        ["EXTENSIONDATAATTRIBUTES"] = ImportField.Nested, ["IDENTITYSTOREOBJECT"] = ImportField.Nested, ["SMARTGROUP"] = ImportField.Nested,
        ["SMARTGROUPQUERY"] = ImportField.Nested, ["QUERYDESIGNER"] = ImportField.Nested, ["INCLUDEEXCLUDE"] = ImportField.Nested, ["GENERAL"] = ImportField.Nested,
    };

    private static readonly string[] UnsupportedWords = ["SCRIPT", "DATABASE", "EXTERNALSOURCE", "EXTERNALDATA", "DATASOURCE", "PASSWORDEXPIR", "MAILSTORE", "STORAGE"];

    /// <summary>An object of these holds the records of a whole export.</summary>
    public static bool IsList(string name) => Key(name) is "GROUPS" or "QUERIES" or "SMARTGROUPS" or "DATA" or "VALUE" or "VALUES" or "ITEMS" or "RESULTS";

    public static ImportField Of(string name)
    {
        var key = Key(name);
        if (Table.TryGetValue(key, out var field))
        {
            return field;
        }

        if (GroupRank(name) is not null)
        {
            return ImportField.Group;
        }

        return Array.Exists(UnsupportedWords, word => key.Contains(word, StringComparison.Ordinal)) ? ImportField.Unsupported : ImportField.None;
    }

    /// <summary>The lower, the surer; null for a name that names no group.</summary>
    public static int? GroupRank(string name) => Array.IndexOf(GroupNames, Key(name)) is var rank and >= 0 ? rank : null;

    /// <summary>The primary owner stands before the additional ones, wherever the file has them.</summary>
    public static bool IsAdditional(string name) => Key(name).Contains("ADDITIONAL", StringComparison.Ordinal);

    public static string Key(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
