using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation;

namespace GroupPortal.Directories.Tests.Graph.Reading;

public sealed class ReplicaReadingTests : IAsyncLifetime
{
    private readonly Dictionary<Guid, ReplicaObject> _copy = [];
    private GraphTenant _graph = null!;
    private string? _cookie;

    private IDirectory Directory => _graph.Directory;

    private EmulatedDirectory Objects => _graph.Objects;

    public async Task InitializeAsync() => _graph = await GraphTenant.StartAsync(new EmulatorOptions { People = 0, DeltaPageSize = 50 });

    public async Task DisposeAsync() => await _graph.DisposeAsync();

    [Fact]
    public async Task A_group_that_comes_in_pieces_is_whole_on_every_page()
    {
        var group = Objects.AddGroup("Large");
        var people = Enumerable.Range(0, 1300).Select(number => Objects.AddUser($"Person {number}")).ToList();
        people.ForEach(person => Objects.AddMember(group, person));
        var small = Objects.AddGroup("Small");
        Objects.AddMember(small, people[0]);

        var pages = await FollowAsync();

        Assert.Contains(pages, page => page.Objects.Count(item => item.Id == group) == 1);
        Assert.All(pages.SelectMany(page => page.Objects).Where(item => item.Id == group), item => Assert.Equal(people.Order(), item.Members!.Order()));
        Assert.Equal([people[0]], _copy[small].Members!);
        // Two requests for the first piece, none for the 26 others.
        Assert.Equal(2, _graph.Emulator.Requests.Count(request => request.Target.Contains($"{group}/members", StringComparison.Ordinal) || request.Target.Contains("skiptoken=s", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Service_principals_and_devices_are_members_of_the_replica_too()
    {
        var group = Objects.AddGroup("Mixed");
        Guid[] members = [Objects.AddUser("Ana"), Objects.AddDevice("Laptop"), Objects.AddServicePrincipal("Sync"), Objects.AddGroup("Inner")];
        foreach (var member in members)
        {
            Objects.AddMember(group, member);
        }

        await FollowAsync();

        Assert.Equal(members.Order(), _copy[group].Members!.Order());
        Assert.Equal([ObjectKind.User, ObjectKind.Group, ObjectKind.Device, ObjectKind.ServicePrincipal], members.Select(id => _copy[id].Kind).Order());
    }

    [Fact]
    public async Task A_manager_comes_goes_and_stays_when_something_else_changes()
    {
        var (boss, other, person) = (Objects.AddUser("Boss"), Objects.AddUser("Other"), Objects.AddUser("Person", ("department", "Sales")));
        Objects.SetManager(person, boss);
        await FollowAsync();
        Assert.Equal(boss.ToString("D"), One(person, "manager"));

        Objects.Set(person, "department", "Finance");
        await FollowAsync();
        Assert.Equal(("Finance", boss.ToString("D")), (One(person, "department"), One(person, "manager")));

        Objects.SetManager(person, other);
        await FollowAsync();
        Assert.Equal(other.ToString("D"), One(person, "manager"));

        Objects.SetManager(person, null);
        await FollowAsync();
        Assert.Null(One(person, "manager"));

        Objects.Set(person, "department", null);
        await FollowAsync();
        Assert.Null(One(person, "department"));
        Assert.Equal("Person", One(person, "displayName"));
    }

    [Fact]
    public async Task Device_extension_attributes_come_although_they_are_in_beta_only()
    {
        var device = Objects.AddDevice("Laptop", ("extensionAttributes", new System.Text.Json.Nodes.JsonObject { ["extensionAttribute3"] = "kiosk" }), ("operatingSystem", "Windows"));

        await FollowAsync();

        Assert.Equal(("kiosk", "Windows"), (One(device, "extensionAttribute3"), One(device, "deviceOSType")));
    }

    [Fact]
    public async Task Nothing_changed_costs_two_requests()
    {
        Objects.AddMember(Objects.AddGroup("Group"), Objects.AddUser("Ana"));
        await FollowAsync();
        _graph.Sent();

        var page = Assert.Single(await FollowAsync());

        Assert.Empty(page.Objects);
        Assert.Equal(["/beta/devices/delta", "/v1.0/$batch"], _graph.Sent().Select(request => request.Target.Split('?')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_token_that_is_forgotten_or_too_old_is_a_conflict_and_the_tenant_is_read_anew()
    {
        var person = Objects.AddUser("Ana");
        await FollowAsync();
        _graph.Emulator.ForgetDeltaTokens();

        var answer = await Directory.ReplicaAsync(_cookie, 10, CancellationToken.None);
        Assert.IsType<DirectoryError.Conflict>(Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(answer).Error);

        _cookie = null;
        await FollowAsync();
        Assert.Contains(person, _copy.Keys);
    }

    [Fact]
    public async Task A_load_that_is_broken_off_half_way_goes_on_where_it_was()
    {
        var people = Enumerable.Range(0, 120).Select(number => Objects.AddUser($"Person {number}")).ToList();
        var first = (await Directory.ReplicaAsync(null, 50, CancellationToken.None)).Value();
        var another = GraphTenant.Connect(_graph.Emulator).Open(TimeProvider.System);
        using var end = another as IDisposable;

        var rest = new List<Guid>();
        var page = first;
        while (page.HasMore)
        {
            page = (await another.ReplicaAsync(page.Cookie, 50, CancellationToken.None)).Value();
            rest.AddRange(page.Objects.Select(item => item.Id));
        }

        Assert.Equal(people.Order(), first.Objects.Select(item => item.Id).Concat(rest).Order());
    }

    [Fact]
    public async Task Who_is_deleted_goes_and_who_is_restored_comes_back_whole()
    {
        var (group, person) = (Objects.AddGroup("Group"), Objects.AddUser("Ana"));
        Objects.AddMember(group, person);
        await FollowAsync();

        Objects.Delete(person);
        await FollowAsync();
        Assert.DoesNotContain(person, _copy.Keys);
        Assert.DoesNotContain(person, _copy[group].Members!);

        Objects.Delete(group);
        await FollowAsync();
        Assert.Empty(_copy);
    }

    [Fact]
    public async Task Cookies_stay_small_and_hold_no_address()
    {
        Objects.AddUser("Ana");
        await FollowAsync();

        Assert.InRange(_cookie!.Length, 1, 1000);
        Assert.DoesNotContain("http", _cookie, StringComparison.OrdinalIgnoreCase);
    }

    private string? One(Guid id, string attribute) => _copy[id].Values.FirstOrDefault(value => value.Key == attribute).Value is [var one, ..] ? one : null;

    private async Task<IReadOnlyList<ReplicaPage>> FollowAsync()
    {
        var pages = new List<ReplicaPage>();
        do
        {
            pages.Add((await Directory.ReplicaAsync(_cookie, 1000, CancellationToken.None)).Value());
            foreach (var item in pages[^1].Objects)
            {
                _copy[item.Id] = item;
            }

            foreach (var id in pages[^1].Deleted)
            {
                _copy.Remove(id);
            }

            _cookie = pages[^1].Cookie;
        }
        while (pages[^1].HasMore);

        return pages;
    }
}
