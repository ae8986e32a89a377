using System.Globalization;
using System.Text.Json;
using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Lifecycle;

/// <summary><c>/groupLifecyclePolicies</c>, and a group's expiration and renewal.</summary>
internal static class LifecycleEndpoints
{
    private const int MostSelected = 500;
    private const int ShortestDays = 30;

    public static void Map(Routes routes)
    {
        routes.Map("GET", "groupLifecyclePolicies", call => JsonLists.Of(call, "groupLifecyclePolicies", [call.Tenant.Lifecycle], Write));
        routes.Map("GET", "groupLifecyclePolicies/{policy}", call =>
        {
            var policy = Find(call);
            return JsonAnswer.Of(200, writer => Write(writer, policy));
        });
        routes.Map("PATCH", "groupLifecyclePolicies/{policy}", Update);
        routes.Map("POST", "groupLifecyclePolicies/{policy}/addGroup", call => Change(call, isAdded: true));
        routes.Map("POST", "groupLifecyclePolicies/{policy}/removeGroup", call => Change(call, isAdded: false));
        routes.Map("GET", "groups/{id}/groupLifecyclePolicies", call =>
            JsonLists.Of(call, "groupLifecyclePolicies", IsManaged(call.Tenant, call.Group()) ? [call.Tenant.Lifecycle] : Array.Empty<LifecyclePolicy>(), Write));
        routes.Map("POST", "groups/{id}/renew", Renew);
    }

    private static LifecyclePolicy Find(Call call) =>
        string.Equals(call["policy"], call.Tenant.Lifecycle.Id, StringComparison.OrdinalIgnoreCase) ? call.Tenant.Lifecycle : throw Errors.NotFound(call["policy"]);

    private static bool IsManaged(Tenant tenant, DirectoryObject group) => group.IsUnified() && tenant.Lifecycle.ManagedTypes switch
    {
        "All" => true,
        "Selected" => group.Group!.HasLifecyclePolicy,
        _ => false,
    };

    private static GraphResponse Update(Call call)
    {
        var policy = Find(call);
        var body = call.Request.Body();
        call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
        if (body["groupLifetimeInDays"] is { } days)
        {
            policy.Days = days.GetValue<int>() is var value && value >= ShortestDays ? value : throw Errors.InvalidValue("groupLifetimeInDays", "GroupLifecyclePolicy");
        }

        if (body["managedGroupTypes"] is { } types)
        {
            policy.ManagedTypes = types.GetValue<string>() is "All" or "Selected" or "None" ? types.GetValue<string>() : throw Errors.InvalidValue("managedGroupTypes", "GroupLifecyclePolicy");
        }

        if (body["alternateNotificationEmails"] is { } mails)
        {
            policy.NotificationMails = mails.GetValue<string>();
        }

        foreach (var group in call.Store.All(ObjectKind.Group))
        {
            Date(call, group);
        }

        return GraphResponse.NoContent();
    }

    private static GraphResponse Change(Call call, bool isAdded)
    {
        Find(call);
        var text = (string?)call.Request.Body()["groupId"] ?? "";
        var group = Guid.TryParse(text, out var id) && call.Store.TryRead(id, out var found) && found.Kind == ObjectKind.Group ? found : throw Errors.NotFound(text);
        call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
        if (!group.IsUnified())
        {
            throw Errors.BadRequest("Only Microsoft 365 groups can have a lifecycle policy.");
        }

        var isDone = call.Tenant.Lifecycle.ManagedTypes == "Selected" && group.Group!.HasLifecyclePolicy != isAdded;
        if (isDone && isAdded && call.Store.All(ObjectKind.Group).Count(one => one.Group!.HasLifecyclePolicy) >= MostSelected)
        {
            throw Errors.BadRequest(string.Create(CultureInfo.InvariantCulture, $"A policy can not have more than {MostSelected} groups."));
        }

        if (isDone)
        {
            group.Group!.HasLifecyclePolicy = isAdded;
            Date(call, group);
        }

        return JsonAnswer.Of(200, writer =>
        {
            writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#Edm.Boolean");
            writer.WriteBoolean("value", isDone);
        });
    }

    private static GraphResponse Renew(Call call)
    {
        var group = call.Group();
        call.Tenant.Rights.NeedWrite(call.Caller, group);
        if (!group.IsUnified())
        {
            throw Errors.BadRequest("Only Microsoft 365 groups can be renewed.");
        }

        call.Store.Set(group, "renewedDateTime", call.Tenant.Clock.GetUtcNow());
        Date(call, group);
        return GraphResponse.NoContent();
    }

    private static void Date(Call call, DirectoryObject group)
    {
        var expires = IsManaged(call.Tenant, group) && group["renewedDateTime"] is DateTimeOffset renewed
            ? renewed.AddDays(call.Tenant.Lifecycle.Days)
            : (DateTimeOffset?)null;
        if (!Equals(group["expirationDateTime"], expires))
        {
            call.Store.Set(group, "expirationDateTime", expires);
        }
    }

    private static void Write(Utf8JsonWriter writer, LifecyclePolicy policy)
    {
        writer.WriteString("id", policy.Id);
        writer.WriteNumber("groupLifetimeInDays", policy.Days);
        writer.WriteString("managedGroupTypes", policy.ManagedTypes);
        writer.WriteString("alternateNotificationEmails", policy.NotificationMails);
    }
}
