using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph.Models;

namespace GroupPortal.EntraId.Writing;

/// <summary>What is sent of a group: to make one, or to change one.</summary>
internal static class GroupBody
{
    private const string Dynamic = "DynamicMembership";

    /// <summary>The name that Graph keeps for good and gives only once: by it a group is found whose making was not answered.</summary>
    public static string UniqueNameOf(Guid marker) => $"groupportal-{marker:N}";

    public static Group Of(DirectoryWrite.CreateGroup write, GraphUrls urls, AttributeCatalog catalog, bool withOwners = true)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            // A write that has no name among its attributes has it in its DN.
            [AttributeNames.DisplayName] = DistinguishedName.Parse(write.Dn).Name,
            ["uniqueName"] = UniqueNameOf(write.Marker),
        };
        var type = EntraGroupType.Security;
        foreach (var attribute in write.Attributes.Where(attribute => attribute.Values.Count > 0))
        {
            if (Is(attribute.Attribute, AttributeNames.GroupType))
            {
                _ = EntraGroupTypes.TryParse(attribute.Values[0], out type);
            }
            else
            {
                values[NameOf(attribute.Attribute, catalog)] = ValueOf(attribute.Attribute, attribute.Values, catalog);
            }
        }

        var types = new List<string>();
        if (type.IsUnified())
        {
            types.Add("Unified");
        }

        if (values.ContainsKey(AttributeNames.MembershipRule))
        {
            types.Add(Dynamic);
            values.TryAdd(AttributeNames.RuleProcessing, "On");
        }

        values["groupTypes"] = types;
        values["mailEnabled"] = type.IsUnified();

        // Of a Microsoft 365 group either is allowed; Graph's own portal makes them without.
        values["securityEnabled"] = !type.IsUnified();
        Bind(values, Links.Owners, withOwners ? write.Owners : [], urls);
        Bind(values, Links.Members, write.Members, urls);
        return new Group { AdditionalData = values };
    }

    /// <summary>All attributes of one PATCH. What is cleared is sent as null.</summary>
    /// <param name="present">Where the rule changes: the other types stay.</param>
    public static Group Of(IReadOnlyList<AttributeWrite> attributes, PresentGroup? present, AttributeCatalog catalog)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
        {
            values[NameOf(attribute.Attribute, catalog)] = attribute.Values.Count > 0 ? ValueOf(attribute.Attribute, attribute.Values, catalog) : null!;
        }

        if (values.TryGetValue(AttributeNames.MembershipRule, out var rule) && present is not null)
        {
            if (rule is null)
            {
                // Back to people: the members stay, and nothing decides on them any more.
                values["groupTypes"] = present.Types.Where(type => !Is(type, Dynamic)).ToList();
                values[AttributeNames.RuleProcessing] = "Paused";
            }
            else if (!present.IsDynamic)
            {
                values["groupTypes"] = present.Types.Append(Dynamic).ToList();
                if (values.GetValueOrDefault(AttributeNames.RuleProcessing) is null)
                {
                    values[AttributeNames.RuleProcessing] = "On";
                }
            }
        }

        if (values.TryGetValue(AttributeNames.RuleProcessing, out var processing) && processing is null)
        {
            values[AttributeNames.RuleProcessing] = "Paused";
        }

        return new Group { AdditionalData = values };
    }

    public static Group References(Links links, IEnumerable<Guid> ids, GraphUrls urls) => new()
    {
        AdditionalData = new Dictionary<string, object>(StringComparer.Ordinal) { [links.Bind] = ids.Select(urls.Target).ToList() },
    };

    private static void Bind(Dictionary<string, object> values, Links links, IReadOnlyList<ReferenceWrite> references, GraphUrls urls)
    {
        // Graph refuses the whole when one stands there twice.
        var targets = references.Where(reference => reference.Add).Select(reference => urls.Target(reference.Id)).Distinct(StringComparer.Ordinal).ToList();
        if (targets.Count > 0)
        {
            values[links.Bind] = targets;
        }
    }

    private static string NameOf(string attribute, AttributeCatalog catalog) =>
        catalog.TryGet(attribute, out var definition) ? definition.Name : attribute;

    private static object ValueOf(string attribute, IReadOnlyList<string> values, AttributeCatalog catalog) =>
        !catalog.TryGet(attribute, out var definition) ? values[0]
        : definition.IsMultiValued ? values.ToList()
        : definition.Syntax == AttributeSyntax.Boolean && bool.TryParse(values[0], out var flag) ? flag
        : values[0];

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
