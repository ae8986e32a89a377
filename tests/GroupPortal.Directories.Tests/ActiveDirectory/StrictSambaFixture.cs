using System.Globalization;
using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>A domain controller of its own behind Active Directory's limits. It fails when a request went beyond all measure.</summary>
public class StrictSambaFixture : DirectoryFixture
{
    private SambaDomainController? _controller;
    private StrictDomain? _domain;
    private DomainDirectory? _directory;

    public SambaDomainController Controller => _controller ?? throw new InvalidOperationException("The domain controller was not started.");

    public StrictDomain Domain => _domain ?? throw new InvalidOperationException("The domain was not started.");

    /// <summary>Active Directory's own.</summary>
    protected virtual StrictDomainLimits Limits { get; } = new();

    public override async Task DisposeAsync()
    {
        if (_directory is not null)
        {
            await _directory.DisposeAsync();
        }

        if (_domain is not null)
        {
            await _domain.DisposeAsync();
        }

        if (_controller is not null)
        {
            await _controller.DisposeAsync();
        }

        Assert.Empty(_domain?.Violations ?? []);
    }

    /// <summary>So many objects that a group may hold: those of the company, and as many new contacts as are missing.</summary>
    public async Task<IReadOnlyList<LdapName>> ObjectsAsync(int count)
    {
        await using var client = new LdapClient(Clients.OptionsFor(Controller), TimeProvider.System);
        var search = new LdapSearch(
            LdapName.FromEscaped(SambaDomainController.BaseDn),
            LdapScope.Subtree,
            LdapFilter.Or(LdapFilter.Equal("objectClass", "user"), LdapFilter.Equal("objectClass", "contact")),
            []);
        var found = await client.SearchPagesAsync(search, 1000, CancellationToken.None);
        var names = found.Found.Entries.Select(entry => entry.Name).Take(count).ToList();
        foreach (var some in Enumerable.Range(names.Count, count - names.Count).Chunk(100))
        {
            var added = some.Select(number => LdapName.FromEscaped(
                string.Create(CultureInfo.InvariantCulture, $"CN=Contact {number:0000},OU=Staff,{SambaDomainController.BaseDn}"))).ToList();
            await Task.WhenAll(added.Select(name => AddAsync(client, new LdapRequest.Add(name, [new("objectClass", "contact")]))));
            names.AddRange(added);
        }

        return names;
    }

    /// <summary>A group with all of them as members in one request, made without the shim.</summary>
    public async Task<Guid> MakeGroupAsync(string name, IEnumerable<LdapName> members)
    {
        await using var client = new LdapClient(Clients.OptionsFor(Controller), TimeProvider.System);
        var group = LdapName.FromEscaped($"CN={name},OU=Groups,{SambaDomainController.BaseDn}");
        await AddAsync(client, new LdapRequest.Add(
            group,
            [new("objectClass", "group"), new("sAMAccountName", name), new("member", members.Select(member => member.ToString()))]));
        var made = await client.SearchAsync(new LdapSearch(group, LdapScope.Base, LdapFilter.Present("objectClass"), ["objectGUID"]), CancellationToken.None);
        return made.Entries.Single().Guid("objectGUID")!.Value;
    }

    protected override async Task<IDirectory> OpenAsync()
    {
        _controller = await SambaDomainController.StartAsync();
        _domain = StrictDomain.Start(_controller, Limits);
        return _directory = DomainDirectory.Open(SambaFixture.Store, Clients.OptionsFor(_domain), TimeProvider.System);
    }

    private static async Task AddAsync(LdapClient client, LdapRequest.Add request)
    {
        var answer = await client.SendAsync(request with { Limit = TimeSpan.FromMinutes(2) }, CancellationToken.None);
        Assert.True(answer is LdapAnswer.Answered { Result.IsSuccess: true }, $"{request.Name}: {answer}");
    }
}
