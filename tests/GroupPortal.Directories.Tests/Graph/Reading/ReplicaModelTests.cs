using System.Net.Http.Headers;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.GraphEmulation;

namespace GroupPortal.Directories.Tests.Graph.Reading;

/// <summary>Whatever happens, in whatever order, while somebody reads along: in the end he knows what there is.</summary>
public sealed class ReplicaModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Who_follows_the_changes_knows_what_a_new_load_knows(int seed)
    {
        await using var graph = await GraphTenant.StartAsync(new EmulatorOptions { People = 0, DeltaPageSize = 7 });
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", graph.Emulator.AppToken());
        var numbers = new SeededNumbers((ulong)seed);
        var (users, groups, others, bin) = (new List<Guid>(), new List<Guid>(), new List<Guid>(), new List<Guid>());
        for (var number = 0; number < 12; number++)
        {
            users.Add(graph.Objects.AddUser($"User {number}"));
            groups.Add(graph.Objects.AddGroup($"Group {number}"));
        }

        var copy = new Copy(graph.Directory);
        for (var step = 0; step < 200; step++)
        {
            await ChangeAsync(step);
            if (numbers.Below(3) == 0)
            {
                await copy.PageAsync();
            }
        }

        await copy.FollowAsync();
        var fresh = new Copy(graph.Directory);
        await fresh.FollowAsync();

        Assert.Equal(fresh.Objects.Keys.Order(), copy.Objects.Keys.Order());
        Assert.All(fresh.Objects.Values, item => Assert.Equal(fresh.Written(item), copy.Written(copy.Objects[item.Id])));
        foreach (var group in groups)
        {
            Assert.Equal(graph.Objects.Members(group).Order(), copy.Objects[group].Members!.Where(copy.Objects.ContainsKey).Order());
        }

        async Task ChangeAsync(int step)
        {
            switch (numbers.Below(12))
            {
                case 0:
                    users.Add(graph.Objects.AddUser($"User at {step}"));
                    break;
                case 1:
                    groups.Add(graph.Objects.AddGroup($"Group at {step}"));
                    break;
                case 2:
                    others.Add(numbers.Below(2) == 0 ? graph.Objects.AddDevice($"Device at {step}") : graph.Objects.AddServicePrincipal($"Service at {step}"));
                    break;
                case 3 when users.Count > 3:
                    bin.Add(Take(users));
                    graph.Objects.Delete(bin[^1]);
                    break;
                case 4 when groups.Count > 3:
                    graph.Objects.Delete(Take(groups), permanently: true);
                    break;
                case 5 when bin.Count > 0:
                    users.Add(Take(bin));
                    (await http.PostAsync(new Uri(graph.Emulator.Endpoint, $"/v1.0/directory/deletedItems/{users[^1]}/restore"), content: null)).EnsureSuccessStatusCode();
                    break;
                case 6:
                    graph.Objects.Set(One(users), "department", numbers.Below(2) == 0 ? $"Department {step}" : null);
                    break;
                case 7:
                    graph.Objects.SetManager(One(users), numbers.Below(3) == 0 ? null : One(users));
                    break;
                case 8 or 9:
                    var group = One(groups);
                    if (graph.Objects.Members(group) is { Count: > 0 } members)
                    {
                        graph.Objects.RemoveMember(group, members[numbers.Below(members.Count)]);
                    }

                    break;
                default:
                    graph.Objects.AddMember(One(groups), One(others.Count > 0 && numbers.Below(4) == 0 ? others : users));
                    break;
            }
        }

        Guid One(List<Guid> ids) => ids[numbers.Below(ids.Count)];

        Guid Take(List<Guid> ids)
        {
            var id = One(ids);
            ids.Remove(id);
            return id;
        }
    }

    private sealed class Copy(IDirectory directory)
    {
        private string? _cookie;

        public Dictionary<Guid, ReplicaObject> Objects { get; } = [];

        public async Task<bool> PageAsync()
        {
            var page = (await directory.ReplicaAsync(_cookie, 5, CancellationToken.None)).Value();
            foreach (var item in page.Objects)
            {
                Objects[item.Id] = item;
            }

            foreach (var id in page.Deleted)
            {
                Objects.Remove(id);
                // As the contract has it: whoever is deleted is out of every group.
                foreach (var group in Objects.Values.Where(item => item.Members?.Contains(id) == true).ToList())
                {
                    Objects[group.Id] = group with { Members = [.. group.Members!.Where(member => member != id)] };
                }
            }

            _cookie = page.Cookie;
            return page.HasMore;
        }

        public async Task FollowAsync()
        {
            while (await PageAsync())
            {
            }
        }

        public string Written(ReplicaObject item) =>
            $"{item.Id} {item.Kind} {item.Dn} {string.Join(';', item.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={string.Join('|', value.Value)}"))} "
            + string.Join(',', (item.Members ?? []).Where(Objects.ContainsKey).Order());
    }
}
