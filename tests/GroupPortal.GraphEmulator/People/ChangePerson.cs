using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.People;

/// <summary><c>PATCH /users/{id}</c> and the manager: so that a demo sees dynamic groups follow.</summary>
internal static class ChangePerson
{
    public static GraphResponse Update(Call call)
    {
        var person = call.Object(ObjectKind.User);
        call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
        var changes = new List<(string Name, object? Value)>();
        foreach (var (name, node) in call.Request.Body())
        {
            var property = Schemas.User.Find(name) ?? throw Errors.BadRequest($"Property '{name}' does not exist as a declared property or extension property.");
            if (property.Has(PropertyTraits.ReadOnly))
            {
                throw Errors.BadRequest($"Property '{property.Name}' is read-only and cannot be set.");
            }

            changes.Add((property.Name, Bodies.Value(property, Schemas.User, node)));
        }

        foreach (var (name, value) in changes)
        {
            call.Store.Set(person, name, value);
        }

        return GraphResponse.NoContent();
    }

    public static GraphResponse SetManager(Call call)
    {
        var person = call.Object(ObjectKind.User);
        call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
        var id = Bodies.Bound(call.Request.Body()["@odata.id"] ?? throw Errors.BadRequest("A value is required for '@odata.id'."))[0];
        var manager = call.Store.TryRead(id, out var found) && found.Kind is ObjectKind.User or ObjectKind.Contact ? found : throw Errors.NotFound(id.ToString());
        call.Store.SetManager(person, manager!.Id);
        return GraphResponse.NoContent();
    }

    public static GraphResponse RemoveManager(Call call)
    {
        var person = call.Object(ObjectKind.User);
        call.Tenant.Rights.NeedDirectoryWrite(call.Caller);
        call.Store.SetManager(person, null);
        return GraphResponse.NoContent();
    }
}
