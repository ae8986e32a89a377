using System.Security.Cryptography;
using System.Text;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Directories.Tests.Contract;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Directories.Tests.Embedded;

/// <summary>The sample company: believable, and the same on every machine.</summary>
public sealed class CompanyTests
{
    [Theory]
    [InlineData(StoreKind.ActiveDirectory)]
    [InlineData(StoreKind.EntraId)]
    public async Task Two_fills_have_the_same_content(StoreKind kind)
    {
        Assert.Equal(await ContentAsync(kind), await ContentAsync(kind));
    }

    [Theory]
    [InlineData(StoreKind.ActiveDirectory, 10)]
    [InlineData(StoreKind.EntraId, 10)]
    [InlineData(StoreKind.ActiveDirectory, 2000)]
    public async Task Managers_form_one_tree(StoreKind kind, int people)
    {
        using var folder = new TemporaryFolder();
        using var directory = await EmbeddedStores.OpenAsync(kind, folder.Path, people);
        directory.Database.Read(session =>
        {
            Assert.Equal(1, session.Number("SELECT count(*) FROM objects WHERE kind = 0 AND manager IS NULL AND title IS NOT NULL"));
            Assert.Equal(people, session.Number(
                "WITH RECURSIVE below (id) AS (SELECT id FROM objects WHERE kind = 0 AND manager IS NULL AND title IS NOT NULL "
                + "UNION ALL SELECT o.id FROM below b JOIN objects o ON o.manager = b.id) SELECT count(*) FROM below"));
            return 0;
        });
    }

    [Theory]
    [InlineData(StoreKind.ActiveDirectory)]
    [InlineData(StoreKind.EntraId)]
    public async Task The_default_company_has_its_counts(StoreKind kind)
    {
        using var folder = new TemporaryFolder();
        using var directory = await EmbeddedStores.OpenAsync(kind, folder.Path, people: 5000);
        directory.Database.Read(session =>
        {
            Assert.Equal(5000, session.Number("SELECT count(*) FROM objects WHERE kind = 0 AND title IS NOT NULL"));
            Assert.InRange(session.Number("SELECT count(*) FROM objects WHERE kind = 0 AND enabled = 0"), 100, 200);
            Assert.Equal(100, session.Number("SELECT count(*) FROM objects WHERE kind = 1"));
            Assert.Equal(12, session.Number("SELECT count(DISTINCT department) FROM objects WHERE kind = 0 AND department IS NOT NULL"));
            Assert.True(session.Number("SELECT count(*) FROM objects WHERE kind = 2") >= 150);
            Assert.True(session.Number("SELECT count(DISTINCT group_type) FROM objects WHERE kind = 2") >= 4);
            Assert.Equal(0, session.Number("SELECT count(*) FROM objects o WHERE kind = 2 AND member_count <> (SELECT count(*) FROM members m WHERE m.group_id = o.id)"));
            return 0;
        });
        var ada = await FindAsync(directory, $"ada@{directory.Store.Name}");
        Assert.Equal("Ada Winter", ada.Label);
        Assert.NotNull(ada.Department);
        var uma = await FindAsync(directory, $"uma@{directory.Store.Name}");
        var owned = (await directory.FindGroupsAsync(new GroupQuery(Owner: uma.Id), CancellationToken.None)).Value();
        Assert.InRange(owned.Total, 2, 5);
    }

    [Fact]
    public async Task What_the_samples_name_is_there_and_what_they_create_is_free()
    {
        using var folder = new TemporaryFolder();
        using var ad = await EmbeddedStores.OpenAsync(StoreKind.ActiveDirectory, folder.Path, people: 10);
        using var entra = await EmbeddedStores.OpenAsync(StoreKind.EntraId, folder.Path, people: 10);

        Assert.Equal(ObjectKind.User, (await FindAsync(ad, "CN=Administrator,CN=Users,DC=demo,DC=local")).Kind);
        Assert.Equal(ObjectKind.User, (await FindAsync(ad, "19a1822e-e7ef-4206-af75-1c2d8b1d15eb")).Kind);
        Assert.Equal(ObjectKind.User, (await FindAsync(entra, "ee3ba6e3-02be-47b2-9892-0510bceabb7b")).Kind);
        foreach (var account in (string[])["ada", "ida", "hal", "uma"])
        {
            Assert.Equal(account, (await FindAsync(ad, account)).AccountName);
            Assert.Equal(ObjectKind.User, (await FindAsync(entra, $"{account}@5cjshm.onmicrosoft.com")).Kind);
        }

        foreach (var (id, name) in new[]
        {
            ("24bda903-2afd-408a-a55c-c18adcfb543e", "DemoGroup1"), ("124b2528-a08a-41a1-9e8e-b1d5e6434153", "DemoGroup2"),
            ("9ba5dc8f-bdf0-4cc8-bc53-5012e94508c8", "DemoSmartA"), ("424eea5a-7781-4c46-851f-28348b597a72", "DemoSmartB"),
        })
        {
            var group = (await ad.GetGroupAsync(Guid.Parse(id), CancellationToken.None)).Value()!;
            Assert.Equal(DistinguishedName.Parse($"CN={name},OU=Groups,DC=demo,DC=local"), DistinguishedName.Parse(group.Dn));
            Assert.Equal(name.StartsWith("DemoGroup", StringComparison.Ordinal), group.Attributes[AttributeNames.DisplayName].Count == 0);
        }

        Assert.True((await FindAsync(ad, "Domain Admins")).IsProtected);
        Assert.False((await FindAsync(ad, "Domain Users")).IsProtected);
        Assert.True((await FindAsync(entra, "Global Administrators (PIM)")).IsProtected);
        foreach (var directory in (IDirectory[])[ad, entra])
        {
            string[] free = ["DemoGroup", "DemoSmartGroup1", "apiSecAzure", "apiEntraSmart"];
            var resolved = (await directory.ResolveAsync(free, [], CancellationToken.None)).Value();
            Assert.All(free, name => Assert.IsType<ReferenceMatch.NotFound>(resolved[name]));
        }
    }

    [Fact]
    public async Task A_fill_that_was_killed_is_begun_again_and_a_finished_file_is_kept()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "directory-2.db");
        await File.WriteAllTextAsync(path + ".filling", "half a file");
        Guid made;
        using (var directory = await EmbeddedStores.OpenAsync(StoreKind.ActiveDirectory, folder.Path, people: 10))
        {
            var write = directory.Batch(Plan.Create(directory.Store, "Kept"))[0];
            made = (await directory.WriteAsync(write, null, CancellationToken.None)).Applied().GroupId;
        }

        Assert.False(File.Exists(path + ".filling"));
        using var again = await EmbeddedStores.OpenAsync(StoreKind.ActiveDirectory, folder.Path, people: 4000);
        Assert.Equal("Kept", (await again.GetGroupAsync(made, CancellationToken.None)).Value()!.Name);
    }

    [Theory]
    [InlineData(StoreKind.ActiveDirectory)]
    [InlineData(StoreKind.EntraId)]
    public async Task A_file_of_an_earlier_version_gets_the_details_of_its_people(StoreKind kind)
    {
        using var folder = new TemporaryFolder();
        string fresh;
        using (var directory = await EmbeddedStores.OpenAsync(kind, folder.Path, people: 40))
        {
            fresh = DetailsOf(directory);
            directory.Database.Prepare(session =>
            {
                session.Execute("DROP TABLE people");
                session.Execute("DROP TABLE feed");
                session.Execute("PRAGMA user_version = 1");
            });
        }

        using var again = await EmbeddedStores.OpenAsync(kind, folder.Path, people: 40);

        Assert.Equal(fresh, DetailsOf(again));
        Assert.Contains("Winter|", fresh, StringComparison.Ordinal);

        static string DetailsOf(GroupPortal.Embedded.EmbeddedDirectory directory) => directory.Database.Read(session => (string)session.Scalar(
            "SELECT group_concat(object || '|' || surname || '|' || city || '|' || country || '|' || employee_id || '|' || is_guest || '|' || hired, char(10) ORDER BY object) FROM people")!);
    }

    [Fact]
    public async Task People_have_what_rules_like_to_ask_and_some_are_guests()
    {
        using var folder = new TemporaryFolder();
        using var directory = await EmbeddedStores.OpenAsync(StoreKind.EntraId, folder.Path, people: 1000);
        var page = (await directory.ReplicaAsync(null, 100_000, CancellationToken.None)).Value();

        int Count(string attribute, string value) => page.Objects.Count(item => item.Kind == ObjectKind.User && item.Values.Any(one => one.Key == attribute && one.Value.Contains(value)));

        Assert.Equal(1000, Count("userType", "Guest") + Count("userType", "Member"));
        Assert.InRange(Count("userType", "Guest"), 5, 100);
        Assert.True(Count("country", "PT") > 20);
        Assert.Equal(Count("country", "PT"), Count("usageLocation", "PT"));
        Assert.True(Count("accountEnabled", "FALSE") > 5);
    }

    [Fact]
    public async Task A_larger_company_begins_with_the_same_people()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using var small = await EmbeddedStores.OpenAsync(StoreKind.ActiveDirectory, folder.Path, people: 50);
        using var large = await EmbeddedStores.OpenAsync(StoreKind.ActiveDirectory, other.Path, people: 500);
        var people = (await small.FindAsync(new ObjectQuery(string.Empty, [ObjectKind.User], 200), CancellationToken.None)).Value().Items;

        var same = (await large.GetObjectsAsync([.. people.Select(person => person.Id)], CancellationToken.None)).Value();

        Assert.All(people, person => Assert.Equal(person, same[person.Id]));
    }

    private static async Task<DirectoryObject> FindAsync(IDirectory directory, string reference) =>
        Assert.IsType<ReferenceMatch.Found>((await directory.ResolveAsync([reference], [], CancellationToken.None)).Value()[reference]).Object;

    /// <summary>A hash over every row of every table.</summary>
    private static async Task<string> ContentAsync(StoreKind kind)
    {
        using var folder = new TemporaryFolder();
        using var directory = await EmbeddedStores.OpenAsync(kind, folder.Path, people: 300);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        directory.Database.Read(session =>
        {
            foreach (var table in (string[])["objects", "attribute_values", "members", "owners", "names", "keys", "counters", "changes", "people"])
            {
                using var reader = session.Query($"SELECT * FROM {table} ORDER BY 1, 2");
                while (reader.Read())
                {
                    Append(hash, reader);
                }
            }

            return 0;
        });
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, SqliteDataReader reader)
    {
        for (var column = 0; column < reader.FieldCount; column++)
        {
            var value = reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);
            hash.AppendData(Encoding.UTF8.GetBytes(value + "|"));
        }
    }
}
