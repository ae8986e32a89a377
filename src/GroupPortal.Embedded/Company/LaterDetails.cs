using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Company;

/// <summary>
/// Gives the people of a file that was filled by an earlier version the details they would have now. They are found by their
/// ids, which follow from their numbers alone.
/// </summary>
internal static class LaterDetails
{
    public static void Add(Session session, IdentityStore store)
    {
        const string FirstWithout =
            "SELECT 1 FROM objects o WHERE o.kind = 0 AND NOT EXISTS (SELECT 1 FROM people p WHERE p.object = o.id) AND EXISTS (SELECT 1 FROM objects r WHERE r.manager = o.id) LIMIT 1";
        if (session.Number("SELECT count(*) FROM people") > 0 || session.Scalar(FirstWithout) is null)
        {
            return;
        }

        CompanyLayout layout = store.Kind == StoreKind.ActiveDirectory ? new ActiveDirectoryLayout(store) : new EntraLayout(store);
        var objects = new ObjectTable(session, store.Folding);
        session.Execute("BEGIN IMMEDIATE");
        foreach (var person in new People((int)session.Number("SELECT count(*) FROM objects WHERE kind = 0")).All)
        {
            var id = layout.FixedId(person) ?? CompanyLayout.IdOf(store, Subject.PersonId, person.Index);
            if (session.Scalar("SELECT id FROM objects WHERE guid = $1", id.Bytes()) is long row)
            {
                objects.InsertDetails(row, person.Details());
            }
        }

        session.Execute("COMMIT");
    }
}
