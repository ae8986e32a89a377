using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Groups;

/// <summary>What a wire field is compared with: what the rest of the request, or the group as it stands, says.</summary>
/// <param name="GroupType">The raw group type; empty when nothing says one.</param>
public sealed record WireFacts(IdentityStore Store, string GroupName, string Container, string GroupType);

/// <summary>
/// The fields of the API's samples that are no attributes. A client that repeats in them what is known, or leaves them
/// empty, is right; one that contradicts gets a line problem. The samples of the groups API are the source of each.
/// </summary>
public static class WireAttributes
{
    private delegate Problem? Check(string field, string value, WireFacts facts);

    private static readonly Dictionary<string, Check> Table = new(StringComparer.OrdinalIgnoreCase)
    {
        ["objectClass"] = OneOf("group", "MailEnabledGroup"),
        ["objectCategory"] = OneOf("group"),
        ["objecttype"] = OneOf("group"),
        ["commonname"] = Repeats("the group's name", facts => facts.GroupName),
        ["userprincipalname"] = OneOf(),
        ["CN"] = Repeats("the group's name", facts => facts.GroupName),
        ["name"] = Repeats("the group's name", facts => facts.GroupName),
        ["GroupName"] = Repeats("the group's name", facts => facts.GroupName),
        ["ContainerDistinguishedName"] = RepeatsDn(facts => facts.Container),
        ["Container"] = RepeatsDn(facts => facts.Container),
        ["identityStoreId"] = RepeatsStore,
        ["XGroupScope"] = RepeatsScope,
        ["SmartGroupMainType"] = OneOf("X.SmartGroup"),
        ["enableofficefeatures"] = OfficeFeatures,
        ["UpdateOption"] = OneOf("false", "0", "true", "1"),
        ["UpdateOptions"] = OneOf("false", "0", "true", "1"),
        ["Type"] = OneOf(),
        ["NestedAttributes"] = OneOf(),
        ["FilePermissionCollection"] = OneOf(),
        // What the server adds to its own answers; a client that sends a group back as it came is right.
        ["XGroupExpirationPolicy"] = OneOf("0"),
        ["XGroupExpirationDate"] = OneOf("9999 December 31 00:00:00"),
        ["ismailbox"] = OneOf("false"),
        ["ismailenabled"] = OneOf("false", "true"),
        ["IMGIsExpired"] = OneOf("false"),
        ["IMGIsDeleted"] = OneOf("false"),
        ["IMSGGroupIDVersion"] = OneOf("11.0"),
        ["IMSGCreatedInVersion"] = OneOf("11.1.25059.04"),
    };

    /// <summary>All of them, for documentation and tests.</summary>
    public static IReadOnlyCollection<string> Names => Table.Keys;

    public static bool Contains(string name) => Table.ContainsKey(name);

    /// <summary>Null when the value repeats what is known or is empty, else the line problem.</summary>
    public static Problem? WhyNot(string name, string? value, WireFacts facts) =>
        string.IsNullOrEmpty(value) ? null : Table[name](name, value, facts);

    private static Check OneOf(params string[] values) => (field, value, _) =>
        values.Contains(value, StringComparer.OrdinalIgnoreCase)
            ? null
            : Line(field, "WireUnknownValue", value, values.Length == 0 ? "nothing" : string.Join(", ", values));

    private static Check Repeats(string what, Func<WireFacts, string> known) => (field, value, facts) =>
        facts.Store.Folding.Equals(value, known(facts)) ? null : Line(field, "WireContradicts", value, $"{what}, “{known(facts)}”");

    private static Check RepeatsDn(Func<WireFacts, string> known) => (field, value, facts) =>
        DistinguishedName.TryParse(value, out var given) && DistinguishedName.TryParse(known(facts), out var expected) && given.Equals(expected)
            ? null
            : Line(field, "WireContradicts", value, $"the container, “{known(facts)}”");

    private static Problem? RepeatsStore(string field, string value, WireFacts facts) =>
        value == "0" || value == NameChecks.Invariant(facts.Store.Id)
            ? null
            : Line(field, "WireContradicts", value, $"the identity store of the address, {NameChecks.Invariant(facts.Store.Id)}");

    private static Problem? RepeatsScope(string field, string value, WireFacts facts)
    {
        if (facts.Store.Kind == StoreKind.EntraId)
        {
            return value.StartsWith("Universal", StringComparison.OrdinalIgnoreCase)
                ? null
                : Line(field, "WireContradicts", value, "Entra ID, which has no scopes");
        }

        AdGroupScope? scope = value.Replace(" ", string.Empty, StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "UNIVERSALGROUP" or "UNIVERSAL" => AdGroupScope.Universal,
            "GLOBALGROUP" or "GLOBAL" => AdGroupScope.Global,
            "DOMAINLOCALGROUP" or "DOMAINLOCAL" => AdGroupScope.DomainLocal,
            _ => null,
        };
        if (scope is null)
        {
            return Line(field, "WireUnknownValue", value, "Universal Group, Global Group or Domain Local Group");
        }

        return AdGroupType.TryParse(facts.GroupType, out var type) && type.Scope != scope
            ? Line(field, "WireContradicts", value, $"the group type, {facts.GroupType}")
            : null;
    }

    private static Problem? OfficeFeatures(string field, string value, WireFacts facts)
    {
        if (!bool.TryParse(value, out var wanted))
        {
            return Line(field, "WireUnknownValue", value, "true, false");
        }

        var has = EntraGroupTypes.TryParse(facts.GroupType, out var type) && type.IsUnified();
        return wanted && !has ? Line(field, "WireContradicts", value, "the group type; only 16 and 32 have these features") : null;
    }

    private static Problem Line(string field, string code, string value, string expected) =>
        new(field, code, ProblemScope.Line, field, value, expected);
}
