using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Directories.Tests.Contract;

public abstract partial class DirectoryContract
{
    [Fact]
    public async Task A_full_load_says_of_people_and_groups_what_the_other_reads_say()
    {
        var group = await CreateAsync(
            attributes: [(AttributeNames.Description, "of the replica")], owners: [People[0]], members: [.. People.Take(5)]);
        var holder = await CreateAsync(members: [group.AsObject()]);

        var replica = await LoadAsync(1000);

        foreach (var person in People)
        {
            var held = replica.Objects[person.Id];
            Assert.Equal(ObjectKind.User, held.Kind);
            Assert.Equal(DistinguishedName.Parse(person.Dn), DistinguishedName.Parse(held.Dn));
            Assert.Null(held.Members);
            Assert.Equal(person.DisplayName, One(held, "displayName"));
            Assert.Equal(person.Mail, One(held, "mail"));
            Assert.Equal(person.UserPrincipalName, One(held, "userPrincipalName"));
            Assert.Equal(person.Department, One(held, "department"));
            Assert.Equal(person.Title, One(held, IsTree ? "title" : "jobTitle"));
            Assert.Equal(person.Office, One(held, "physicalDeliveryOfficeName"));
            Assert.Equal(person.Enabled, IsTree ? (int.Parse(One(held, "userAccountControl")!, null) & 2) == 0 : One(held, "accountEnabled") == "TRUE");
        }

        var replicated = replica.Objects[group.Id];
        Assert.Equal(People.Take(5).Select(person => person.Id).Order(), replicated.Members!.Order());
        Assert.Equal([group.Id], replica.Objects[holder.Id].Members!);
        Assert.Equal(group.Name, One(replicated, "displayName") ?? One(replicated, "cn"));
        if (IsTree)
        {
            Assert.Equal(People[0].Id.ToString("D"), One(replicated, "managedBy"));
            Assert.Equal("of the replica", One(replicated, "description"));
            Assert.Equal(group.GroupType.ToString(System.Globalization.CultureInfo.InvariantCulture), One(replicated, "groupType"));
        }
    }

    [Fact]
    public async Task Every_group_of_a_full_load_has_all_its_members_and_its_protection()
    {
        var replica = await LoadAsync(1000);
        var groups = (await Directory.FindGroupsAsync(new GroupQuery(Take: 200), CancellationToken.None)).Value().Items;
        var states = (await Directory.GetGroupsAsync([.. groups.Select(group => group.Id)], CancellationToken.None)).Value();

        Assert.NotEmpty(groups);
        foreach (var group in groups)
        {
            Assert.Equal((await Directory.MemberIdsAsync(group.Id, CancellationToken.None)).Value().Order(), replica.Objects[group.Id].Members!.Order());
            Assert.Equal((group.Name, states[group.Id].IsProtected), (group.Name, replica.Objects[group.Id].IsProtected));
        }
    }

    [Fact]
    public async Task Values_are_of_the_vocabulary_and_written_in_one_form()
    {
        var replica = await LoadAsync(1000);

        foreach (var (name, values) in replica.Objects.Values.SelectMany(item => item.Values))
        {
            Assert.True(Directory.Vocabulary.TryGet(name, out var attribute));
            Assert.Equal(attribute!.Name, name);
            Assert.True(attribute.IsReplicated);
            Assert.NotEmpty(values);
            Assert.NotEqual("memberOf", name);
            Assert.All(values, value => Assert.True(IsCanonical(attribute.Syntax, value), $"{name}: {value}"));
        }

        var manager = replica.Objects.Values.Select(item => One(item, "manager")).FirstOrDefault(value => value is not null);
        Assert.True(manager is null || replica.Objects.ContainsKey(Guid.Parse(manager)));
    }

    [Fact]
    public async Task Small_pages_together_are_the_one_large_page()
    {
        await CreateAsync(members: [.. People.Take(3)]);

        var large = await LoadAsync(100_000);
        var small = await LoadAsync(7);

        Assert.Equal(large.Objects.Keys.Order(), small.Objects.Keys.Order());
        Assert.True(small.Pages > 5);
        Assert.Equal(0, small.Repeated);
        Assert.All(large.Objects.Values, item => Assert.Equal(Written(item), Written(small.Objects[item.Id])));
    }

    [Fact]
    public async Task Nothing_changed_is_no_object_and_the_end()
    {
        var replica = await LoadAsync(1000);

        var page = await PageAsync(replica.Cookie);

        Assert.Empty(page.Objects);
        Assert.Empty(page.Deleted);
        Assert.False(page.HasMore);
    }

    [Fact]
    public async Task A_new_group_a_changed_one_and_changed_members_come_whole()
    {
        var changed = await CreateAsync(attributes: [(AttributeNames.Description, "before")], members: [People[0]]);
        var filled = await CreateAsync(members: [.. People.Take(4)]);
        var replica = await LoadAsync(1000);

        var made = await CreateAsync(members: [People[1]]);
        changed = await ChangeAsync(changed, Plan.Set(changed, AttributeNames.MailNickname, NewName("nick").Replace(' ', '-')));
        filled = await ChangeAsync(
            filled, Plan.Reference(PlanAction.Add, AttributeNames.Members, People[5]), Plan.Reference(PlanAction.Remove, AttributeNames.Members, People[0]));
        await replica.FollowAsync(this);

        Assert.Equal([People[1].Id], replica.Objects[made.Id].Members!);
        Assert.Equal(changed.Attributes.First(AttributeNames.MailNickname), One(replica.Objects[changed.Id], IsTree ? "mailNickname" : "mailNickName"));
        Assert.Equal([People[0].Id], replica.Objects[changed.Id].Members!);
        Assert.Equal([.. People.Skip(1).Take(3).Append(People[5]).Select(person => person.Id).Order()], replica.Objects[filled.Id].Members!.Order());
        Assert.Equal(Written((await LoadAsync(1000)).Objects[changed.Id]), Written(replica.Objects[changed.Id]));
    }

    [Fact]
    public async Task A_renamed_group_comes_under_its_new_name()
    {
        var group = await CreateAsync(members: [People[0]]);
        var replica = await LoadAsync(1000);
        var name = NewName("Renamed");

        var renamed = await ChangeAsync(group, new PlanStep(0, IsTree ? PlanAction.Rename : PlanAction.Set, NameAttribute, [group.Name], [name]));
        await replica.FollowAsync(this);

        Assert.Equal(name, One(replica.Objects[group.Id], IsTree ? "cn" : "displayName"));
        Assert.Equal(DistinguishedName.Parse(renamed.Dn), DistinguishedName.Parse(replica.Objects[group.Id].Dn));
        Assert.Equal([People[0].Id], replica.Objects[group.Id].Members!);
    }

    [Fact]
    public async Task A_deleted_group_comes_as_deleted_and_is_in_no_group_any_more()
    {
        var group = await CreateAsync();
        var holder = await CreateAsync(members: [group.AsObject(), People[0]]);
        var replica = await LoadAsync(1000);

        await ApplyAsync(Plan.Delete(Directory.Store, group), group);
        var deleted = await replica.FollowAsync(this);

        Assert.Contains(group.Id, deleted);
        Assert.DoesNotContain(group.Id, replica.Objects.Keys);
        // A directory may leave it to the reader to take what is gone out of its groups.
        Assert.Equal([People[0].Id], replica.Objects[holder.Id].Members!.Where(replica.Objects.ContainsKey));
    }

    [Fact]
    public async Task What_changes_while_everything_is_loaded_is_not_missed()
    {
        var changes = await CreateAsync(attributes: [(AttributeNames.Description, "before")], members: [People[0]]);
        var goes = await CreateAsync();

        var first = (await Directory.ReplicaAsync(null, 3, CancellationToken.None)).Value();
        await ChangeAsync(changes, Plan.Reference(PlanAction.Add, AttributeNames.Members, People[7]));
        await ApplyAsync(Plan.Delete(Directory.Store, goes), goes);
        var made = await CreateAsync(members: [People[2]]);
        var replica = new Copy();
        replica.Take(first);
        await replica.FollowAsync(this);

        Assert.Equal(new[] { People[0].Id, People[7].Id }.Order(), replica.Objects[changes.Id].Members!.Order());
        Assert.DoesNotContain(goes.Id, replica.Objects.Keys);
        Assert.Equal([People[2].Id], replica.Objects[made.Id].Members!);
    }

    [Fact]
    public async Task Changes_in_small_pages_lose_nothing()
    {
        var replica = await LoadAsync(1000);
        var made = new List<Guid>();
        for (var number = 0; number < 5; number++)
        {
            made.Add((await CreateAsync(members: [People[number]])).Id);
        }

        await replica.FollowAsync(this, take: 2);

        Assert.All(made, id => Assert.Single(replica.Objects[id].Members!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("changes:00000000000000000000000000000000:5")]
    [InlineData("load:00000000000000000000000000000000:5:7")]
    [InlineData("usn:00000000000000000000000000000000:5:seen")]
    [InlineData("load:00000000000000000000000000000000:1:0:5:seen")]
    [InlineData("load:00000000000000000000000000000000:1:0:00000000000000000000000000000000:1:AAAA")]
    [InlineData("load:00000000000000000000000000000000:1:all:00000000000000000000000000000000:1:AAAA")]
    [InlineData("sync:00000000000000000000000000000000:5:")]
    [InlineData("sync:00000000000000000000000000000000:5:no base")]
    [InlineData("sync:00000000000000000000000000000000:5:AAAA")]
    public async Task A_foreign_cookie_is_a_conflict(string cookie)
    {
        var answer = await Directory.ReplicaAsync(cookie, 10, CancellationToken.None);

        Assert.IsType<DirectoryError.Conflict>(Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(answer).Error);
    }

    private static string? One(ReplicaObject item, string attribute) => item.Values.FirstOrDefault(value => value.Key == attribute).Value is [var one, ..] ? one : null;

    private static string Written(ReplicaObject item) =>
        $"{item.Id} {item.Kind} {item.Dn} {item.IsProtected} "
        + string.Join(';', item.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={string.Join('|', value.Value.Order(StringComparer.Ordinal))}"))
        + $" {string.Join(',', (item.Members ?? []).Order())}";

    private static bool IsCanonical(CriteriaSyntaxes syntax, string value) => syntax switch
    {
        CriteriaSyntaxes.Number or CriteriaSyntaxes.Flags => long.TryParse(value, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _),
        CriteriaSyntaxes.Boolean => value is "TRUE" or "FALSE",
        CriteriaSyntaxes.Time => DateTimeOffset.TryParseExact(
            value, "yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out _),
        CriteriaSyntaxes.Reference => Guid.TryParseExact(value, "D", out _),
        _ => value.Length > 0,
    };

    private async Task<ReplicaPage> PageAsync(string? cookie, int take = 1000) => (await Directory.ReplicaAsync(cookie, take, CancellationToken.None)).Value();

    private async Task<Copy> LoadAsync(int take)
    {
        var copy = new Copy();
        await copy.FollowAsync(this, take);
        return copy;
    }

    /// <summary>What somebody knows who only reads the feed.</summary>
    private sealed class Copy
    {
        public Dictionary<Guid, ReplicaObject> Objects { get; } = [];

        public string? Cookie { get; private set; }

        public int Pages { get; private set; }

        public int Repeated { get; private set; }

        public void Take(ReplicaPage page)
        {
            Pages++;
            foreach (var item in page.Objects)
            {
                Repeated += Objects.ContainsKey(item.Id) ? 1 : 0;
                Objects[item.Id] = item;
            }

            foreach (var id in page.Deleted)
            {
                Objects.Remove(id);
            }

            Cookie = page.Cookie;
        }

        /// <summary>To the end of the feed; what came as deleted.</summary>
        public async Task<IReadOnlyCollection<Guid>> FollowAsync(DirectoryContract contract, int take = 1000)
        {
            var deleted = new HashSet<Guid>();
            ReplicaPage page;
            do
            {
                page = await contract.PageAsync(Cookie, take);
                Take(page);
                deleted.UnionWith(page.Deleted);
            }
            while (page.HasMore);

            return deleted;
        }
    }
}
