using System.Globalization;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Dynamic;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Members;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Groups;

/// <summary><c>POST /groups</c>.</summary>
internal static class CreateGroup
{
    private const int MostRelations = 20;

    private static readonly string[] Required = ["displayName", "mailEnabled", "mailNickname", "securityEnabled"];

    private static readonly string[] BehaviorOptions =
    [
        "AllowOnlyMembersToPost", "CalendarMemberReadOnly", "ConnectorsDisabled", "HideGroupInOutlook", "SubscribeMembersToCalendarEventsDisabled",
        "SubscribeNewGroupMembers", "WelcomeEmailDisabled", "SkipExchangeInstantOn",
    ];

    public static GraphResponse Answer(Call call) => Create(call, call.Request.Body());

    public static GraphResponse Create(Call call, JsonObject body)
    {
        var values = Values(body);
        foreach (var name in Required)
        {
            if (values.GetValueOrDefault(name) is null)
            {
                throw Errors.BadRequest($"A value is required for property '{name}' of resource 'Group'.");
            }
        }

        var types = values.GetValueOrDefault("groupTypes") as string[] ?? [];
        var isUnified = types.Contains("Unified", StringComparer.Ordinal);
        CheckKind(types, isUnified, values);
        CheckDynamic(types, values, isUnified);
        CheckRoleAssignable(call, types, values);
        if (isUnified)
        {
            GroupChecks.Nickname(call.Store, (string)values["mailNickname"]!, own: null);
        }

        CheckUniqueName(call.Store, values);
        var (owners, members) = Relations(call, body, isUnified, types.Contains("DynamicMembership"));
        Complete(call, values, types, isUnified);

        CheckQuota(call);

        var group = call.Store.Create(Guid.NewGuid(), ObjectKind.Group, call.Tenant.Options.ReplicationLag, values);
        group.Group!.CreatedBy = call.Caller.Person;
        foreach (var owner in owners)
        {
            call.Store.AddOwner(group, owner);
        }

        foreach (var member in members)
        {
            call.Store.AddMember(group, member);
        }

        call.Tenant.Dynamic.Schedule(group);
        return JsonAnswer.Of(201, writer =>
        {
            writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#groups/$entity");
            Projection.Of(null, [Schemas.Group], isSingle: true, call.Request.IsBeta).Write(writer, group);
        }).With("Location", $"{call.Request.Root}/directoryObjects/{group.Id}/Microsoft.DirectoryServices.Group");
    }

    private static Dictionary<string, object?> Values(JsonObject body)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, node) in body)
        {
            if (name.Contains('@', StringComparison.Ordinal))
            {
                if (name is not ("members@odata.bind" or "owners@odata.bind" or "@odata.type"))
                {
                    throw Errors.BadRequest($"Unsupported annotation '{name}'.");
                }

                continue;
            }

            var property = Schemas.Group.Find(name) ?? throw Errors.BadRequest($"Property '{name}' does not exist as a declared property or extension property.");
            if (property.Has(PropertyTraits.Exchange))
            {
                throw Errors.BadRequest($"Property '{property.Name}' can not be set when a group is created. Set it by an update of its own.");
            }

            if (property.Has(PropertyTraits.ReadOnly) || property.Name == "resourceProvisioningOptions")
            {
                throw Errors.BadRequest($"Property '{property.Name}' is read-only and cannot be set.");
            }

            var value = Bodies.Value(property, Schemas.Group, node);
            if (property.Type == PropertyType.Text)
            {
                GroupChecks.Text(property.Name, (string?)value, isUpdate: false);
                value = GroupChecks.Canonical(property.Name, (string?)value);
            }

            values[property.Name] = value;
        }

        return values;
    }

    private static void CheckKind(string[] types, bool isUnified, Dictionary<string, object?> values)
    {
        if (types.Except(["Unified", "DynamicMembership"], StringComparer.Ordinal).Any())
        {
            throw Errors.InvalidValue("groupTypes", "Group");
        }

        switch (isUnified, values["mailEnabled"], values["securityEnabled"])
        {
            case (false, true, _):
                throw Errors.BadRequest("Cannot Create a mail-enabled security groups and or distribution list.");
            case (true, false, _):
                throw Errors.BadRequest("Invalid value specified for property 'mailEnabled' of resource 'Group'.");
            case (false, false, false):
                throw Errors.InvalidValue("securityEnabled", "Group");
            default:
                break;
        }

        if (values.GetValueOrDefault("visibility") is "HiddenMembership" && !isUnified)
        {
            throw Errors.InvalidValue("visibility", "Group");
        }

        if (values.GetValueOrDefault("resourceBehaviorOptions") is string[] { Length: > 0 } options
            && (!isUnified || options.Except(BehaviorOptions, StringComparer.OrdinalIgnoreCase).Any()))
        {
            throw Errors.InvalidValue("resourceBehaviorOptions", "Group");
        }
    }

    private static void CheckDynamic(string[] types, Dictionary<string, object?> values, bool isUnified)
    {
        var rule = values.GetValueOrDefault("membershipRule") as string;
        if (types.Contains("DynamicMembership"))
        {
            if (string.IsNullOrWhiteSpace(rule))
            {
                throw Errors.BadRequest("A value is required for property 'membershipRule' of resource 'Group'.");
            }

            RuleCheck.Check(rule, isUnified);
            if (values.GetValueOrDefault("membershipRuleProcessingState") is null)
            {
                throw Errors.BadRequest("A value is required for property 'membershipRuleProcessingState' of resource 'Group'.");
            }
        }
        else if (rule is not null)
        {
            throw Errors.BadRequest("The property 'membershipRule' can only be set on a group whose groupTypes contain 'DynamicMembership'.");
        }
    }

    private static void CheckRoleAssignable(Call call, string[] types, Dictionary<string, object?> values)
    {
        if (values.GetValueOrDefault("isAssignableToRole") is not true)
        {
            return;
        }

        if (types.Contains("DynamicMembership") || values["securityEnabled"] is not true || values.GetValueOrDefault("visibility") is "Public")
        {
            throw Errors.InvalidValue("isAssignableToRole", "Group");
        }

        call.Tenant.Rights.NeedRoleManagement(call.Caller);
    }

    /// <summary>Those in the bin count too.</summary>
    private static void CheckQuota(Call call)
    {
        if (call.Caller.Person is not { } person || call.Tenant.Rights.IsAdministrator(person))
        {
            return;
        }

        var created = call.Store.All(ObjectKind.Group).Concat(call.Store.Deleted).Count(group => group.Group?.CreatedBy == person);
        if (created >= call.Tenant.Options.MostGroupsOfPerson)
        {
            throw new GraphError(403, "Directory_QuotaExceeded", "The directory object quota limit for the Principal has been exceeded. Please ask your administrator to increase the quota limit or delete objects to reduce the used quota.");
        }
    }

    private static void CheckUniqueName(DirectoryStore store, Dictionary<string, object?> values)
    {
        if (values.GetValueOrDefault("uniqueName") is string unique && store.All(ObjectKind.Group).Any(group => group.Text("uniqueName") == unique))
        {
            throw new GraphError(409, "Request_MultipleObjectsWithSameKeyValue", "Another object with the same value for property uniqueName already exists.")
            {
                Details = [("uniqueName", "ConflictingObjects", "Another object with the same value for property uniqueName already exists.")],
            };
        }
    }

    private static (List<DirectoryObject> Owners, List<DirectoryObject> Members) Relations(Call call, JsonObject body, bool isUnified, bool isDynamic)
    {
        var owners = Bodies.Bound(body["owners@odata.bind"]);
        var members = Bodies.Bound(body["members@odata.bind"]);
        if (owners.Count + members.Count > MostRelations)
        {
            throw Errors.BadRequest(string.Create(
                CultureInfo.InvariantCulture, $"The number of relationships in the request exceeds the maximum of {MostRelations}."));
        }

        foreach (var (ids, links) in new[] { (owners, "owners"), (members, "members") })
        {
            if (ids.Distinct().Count() < ids.Count)
            {
                throw Errors.BadRequest($"The reference of '{links}' can only be present once as an add/remove change.");
            }
        }

        if (isDynamic && members.Count > 0)
        {
            throw Errors.Denied();
        }

        var caller = call.Caller;
        var isAdmin = call.Tenant.Rights.IsAdministrator(caller);
        if (caller.Person is { } self && !isAdmin && owners.Contains(self))
        {
            throw Errors.BadRequest("Request contains a property with duplicate values.");
        }

        List<DirectoryObject> first = [.. owners.Select(id => MemberKinds.Owner(call.Store, id))];
        List<DirectoryObject> second = [.. members.Select(id => MemberKinds.Member(call.Store, id, isUnified))];
        var addsCaller = caller.Person is not null && (isAdmin ? isUnified && owners.Count == 0 : owners.Count == 0 || !isUnified);
        if (addsCaller && call.Store.Find(caller.Person!.Value) is { } creator && !first.Contains(creator))
        {
            first.Add(creator);
        }

        return (first, second);
    }

    private static void Complete(Call call, Dictionary<string, object?> values, string[] types, bool isUnified)
    {
        var now = call.Tenant.Clock.GetUtcNow();
        values["groupTypes"] = types;
        values["createdDateTime"] = now;
        values["renewedDateTime"] = now;
        GroupDefaults.Fill(call.Tenant, values, isUnified);
    }
}
