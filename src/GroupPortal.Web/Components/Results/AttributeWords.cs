using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Results;

/// <summary>Attributes and their values in the words of people; the directory's own names stay for tooltips and the technical view.</summary>
internal static class AttributeWords
{
    private const string Extension = "extensionAttribute";

    /// <summary>What people call an attribute; its own name where there is no better one.</summary>
    public static string AttributeLabel(this IStringLocalizer<PagesText> texts, string name)
    {
        if (name.Length == 0)
        {
            return texts["Attribute_Group"];
        }

        if (name.StartsWith(Extension, StringComparison.Ordinal))
        {
            return texts["Attribute_Extension", name[Extension.Length..]];
        }

        var label = texts[$"Attribute_{name}"];
        return label.ResourceNotFound ? name : label.Value;
    }

    /// <summary>One value as people read it.</summary>
    /// <param name="kind">Whose group type it is: 4 and 8 mean different things in the two kinds of store.</param>
    public static string AttributeValue(this IStringLocalizer<PagesText> texts, string name, string value, StoreKind? kind) => name switch
    {
        AttributeNames.GroupType => texts.GroupTypeName(value, kind),
        AttributeNames.SecurityType when GroupSecurityTypes.TryParse(value, out var type) => texts[$"Joining_{type}"],
        AttributeNames.ManagedGroupType when value is "1" or "2" => texts[$"Membership_{(Membership)int.Parse(value, CultureInfo.InvariantCulture)}"],
        AttributeNames.RuleProcessing => Known(texts, $"Processing_{value}", value),
        AttributeNames.Renewed when DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) =>
            at.ToLocalTime().ToString("f", CultureInfo.CurrentCulture),
        AttributeNames.Visibility => Known(texts, $"Visibility_{value}", value),
        "" or AttributeNames.Container when kind == StoreKind.ActiveDirectory => Place(value),
        // Entra ID has no tree: what stands around the name leads nowhere.
        "" when kind == StoreKind.EntraId && DistinguishedName.TryParse(value, out var dn) => dn.Name,
        AttributeNames.ObjectTypes when RuleValues.TryParse(value, out QueryObjectType asked) => texts[$"ObjectType_{asked}"],
        AttributeNames.CriteriaLanguage when RuleValues.TryParse(value, out CriteriaLanguage language) => texts[$"Language_{language}"],
        AttributeNames.StartPath when RuleValues.TryParse(value, out StartPath? path) =>
            path.Scope == StartScope.Subtree ? Place(path.Dn) : texts[$"StartPath_{path.Scope}", Place(path.Dn)],
        AttributeNames.Include or AttributeNames.Exclude when RuleValues.TryParse(value, out MembershipException? exception) => ExceptionWords(texts, exception),
        _ when bool.TryParse(value, out var flag) => texts[flag ? "Yes" : "No"],
        _ => value,
    };

    /// <summary>Whom, how long and why; the one who made it stands in the history.</summary>
    private static string ExceptionWords(IStringLocalizer<PagesText> texts, MembershipException exception)
    {
        var until = exception.Until is { } end ? texts["Exception_Until", end.UtcDateTime.AddTicks(-1).ToString("d", CultureInfo.CurrentCulture)].Value : string.Empty;
        return string.Join(", ", new[] { exception.Id.ToString("D"), until, exception.Reason }.Where(part => part.Length > 0));
    }

    /// <summary>A distinguished name as the way that people go: "demo.local › Groups › Sales". Other texts stay.</summary>
    private static string Place(string value)
    {
        var (domain, way) = (new List<string>(), new Stack<string>());
        for (var level = DistinguishedName.TryParse(value, out var name) ? name : null; level is not null; level = level.Parent)
        {
            if (string.Equals(level.Type, "DC", StringComparison.OrdinalIgnoreCase))
            {
                domain.Add(level.Name);
            }
            else
            {
                way.Push(level.Name);
            }
        }

        return domain.Count == 0 ? value : string.Join(" › ", way.Prepend(string.Join('.', domain)));
    }

    /// <summary>The kind of a group in words: "Universal security", "Microsoft 365"; the number where it says nothing.</summary>
    public static string GroupTypeName(this IStringLocalizer<PagesText> texts, string value, StoreKind? kind)
    {
        if (kind is not StoreKind.ActiveDirectory && EntraGroupTypes.TryParse(value, out var entra)
            && (kind == StoreKind.EntraId || entra.IsUnified()))
        {
            return texts[$"EntraType_{entra}"];
        }

        // Without the kind of store, 4 and 8 stay numbers: security there is domain local here.
        var isPlain = kind == StoreKind.ActiveDirectory || value is not ("4" or "8");
        return kind is not StoreKind.EntraId && isPlain && AdGroupType.TryParse(value, out var ad)
            ? texts[$"AdType_{ad.Scope}_{(ad.IsSecurity ? "Security" : "Distribution")}"]
            : value;
    }

    private static string Known(IStringLocalizer<PagesText> texts, string key, string otherwise) =>
        texts[key] is { ResourceNotFound: false } text ? text.Value : otherwise;
}
