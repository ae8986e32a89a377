using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Dynamic;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Members;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Groups;

/// <summary><c>PATCH /groups/{id}</c>: properties, or up to 20 members.</summary>
internal static class UpdateGroup
{
    /// <summary>Delegated only.</summary>
    private static readonly string[] Personal = ["isFavorite", "isSubscribedByMail", "autoSubscribeNewMembers"];

    public static GraphResponse Answer(Call call)
    {
        var body = call.Request.Body();
        if (IsUpsert(call) && !call.TryGroup(out _))
        {
            body["uniqueName"] = call.UniqueName();
            return CreateGroup.Create(call, body);
        }

        if (body["members@odata.bind"] is { } members)
        {
            MemberChanges.AddMany(call, members, "members");
        }

        if (body["owners@odata.bind"] is { } owners)
        {
            MemberChanges.AddMany(call, owners, "owners");
        }

        var changes = Changes(body);
        if (changes.Count == 0)
        {
            return body.Count == 0 ? throw Errors.BadRequest("At least one property must be specified for the update.") : GraphResponse.NoContent();
        }

        var group = call.Group();
        var isExchange = changes.Keys.Any(property => property.Has(PropertyTraits.Exchange));
        if (isExchange && !changes.Keys.All(property => property.Has(PropertyTraits.Exchange)))
        {
            throw Errors.BadRequest("Properties that are stored outside the main data store can not be updated together with other properties.");
        }

        Allow(call, group, isExchange, changes);
        if (isExchange)
        {
            foreach (var (property, value) in changes)
            {
                call.Store.Set(group, property.Name, value);
            }

            return JsonAnswer.Of(200, writer => writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#groups/$entity"));
        }

        Check(call.Store, group, changes);
        Apply(call, group, changes);
        return GraphResponse.NoContent();
    }

    /// <summary><c>PATCH /groups(uniqueName='…')</c> with <c>Prefer: create-if-missing</c>.</summary>
    private static bool IsUpsert(Call call) =>
        call.UniqueName() is not null && call.Request.Header("Prefer")?.Contains("create-if-missing", StringComparison.OrdinalIgnoreCase) == true;

    private static Dictionary<Property, object?> Changes(JsonObject body)
    {
        var changes = new Dictionary<Property, object?>();
        foreach (var (name, node) in body)
        {
            if (name.Contains('@', StringComparison.Ordinal))
            {
                continue;
            }

            var property = Schemas.Group.Find(name) ?? throw Errors.BadRequest($"Property '{name}' does not exist as a declared property or extension property.");
            if (property.Has(PropertyTraits.ReadOnly) || property.Name == "resourceProvisioningOptions")
            {
                throw Errors.BadRequest($"Property '{property.Name}' is read-only and cannot be set.");
            }

            if (property.Has(PropertyTraits.CreateOnly))
            {
                throw Errors.BadRequest($"Property '{property.Name}' cannot be changed after the group was created.");
            }

            var value = Bodies.Value(property, Schemas.Group, node);
            if (property.Type == PropertyType.Text)
            {
                GroupChecks.Text(property.Name, (string?)value, isUpdate: true);
                value = GroupChecks.Canonical(property.Name, (string?)value);
            }

            changes[property] = value;
        }

        return changes;
    }

    private static void Allow(Call call, DirectoryObject group, bool isExchange, Dictionary<Property, object?> changes)
    {
        call.Tenant.Rights.NeedWrite(call.Caller, group);
        if (group.IsReadOnly())
        {
            throw group.IsSynchronized()
                ? Errors.BadRequest("Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.")
                : Errors.Denied();
        }

        if (isExchange && !group.IsUnified())
        {
            throw Errors.BadRequest("The property is supported on Microsoft 365 groups only.");
        }

        if (isExchange && !call.Caller.IsDelegated && changes.Keys.Any(property => Personal.Contains(property.Name)))
        {
            throw Errors.Denied();
        }
    }

    private static void Check(DirectoryStore store, DirectoryObject group, Dictionary<Property, object?> changes)
    {
        foreach (var (property, value) in changes)
        {
            switch (property.Name)
            {
                case "mailNickname" when group.IsUnified():
                    GroupChecks.Nickname(store, (string)value!, group);
                    break;
                case "mailEnabled" when value is bool mail && mail != group.Is("mailEnabled"):
                case "securityEnabled" when value is false && !group.IsUnified():
                    throw Errors.InvalidValue(property.Name, "Group");
                case "visibility" when value is "HiddenMembership" != group.Text("visibility") is "HiddenMembership":
                    throw Errors.InvalidValue("visibility", "Group");
                case "membershipRule" when value is string rule:
                    RuleCheck.Check(rule, group.IsUnified());
                    break;
                case "groupTypes":
                    CheckTypes(group, value as string[] ?? [], changes);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Unified is for life; DynamicMembership comes and goes.</summary>
    private static void CheckTypes(DirectoryObject group, string[] types, Dictionary<Property, object?> changes)
    {
        if (types.Contains("Unified") != group.IsUnified() || types.Except(["Unified", "DynamicMembership"], StringComparer.Ordinal).Any())
        {
            throw Errors.InvalidValue("groupTypes", "Group");
        }

        if (!types.Contains("DynamicMembership") || group.IsDynamic())
        {
            return;
        }

        var rule = changes.FirstOrDefault(change => change.Key.Name == "membershipRule").Value as string ?? group.Text("membershipRule");
        if (string.IsNullOrWhiteSpace(rule) || group.Is("isAssignableToRole"))
        {
            throw Errors.BadRequest("A value is required for property 'membershipRule' of resource 'Group'.");
        }
    }

    private static void Apply(Call call, DirectoryObject group, Dictionary<Property, object?> changes)
    {
        var wasDynamic = group.IsDynamic();
        foreach (var (property, value) in changes)
        {
            call.Store.Set(group, property.Name, value);
        }

        if (group.IsDynamic() && !wasDynamic)
        {
            foreach (var member in group.Group!.Members.Ids.ToList())
            {
                call.Store.RemoveMember(group, member);
            }
        }

        if (changes.Keys.Any(property => property.Name is "groupTypes" or "membershipRule" or "membershipRuleProcessingState"))
        {
            call.Tenant.Dynamic.Schedule(group);
        }
    }
}
