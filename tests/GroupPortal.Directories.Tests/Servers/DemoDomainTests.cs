using System.Net;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Embedded;
using GroupPortal.Embedded.Storage;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>What a fresh domain controller holds, asked with OpenLDAP's tools.</summary>
[Collection(DomainControllerCollection.Name)]
public sealed class DemoDomainTests(DomainControllerFixture fixture)
{
    private const string Groups = "OU=Groups,DC=demo,DC=local";

    private SambaDomainController Controller => fixture.Controller;

    private LdapTool AsAdministrator => LdapTool.For(Controller, SambaDomainController.Administrator);

    private LdapTool AsService => LdapTool.For(Controller, SambaDomainController.Service);

    private LdapTool AsLowly => LdapTool.For(Controller, SambaDomainController.Lowly);

    [SambaFact]
    public async Task The_company_of_the_embedded_store_is_there_with_its_ids()
    {
        using var folder = new TemporaryFolder();
        using var embedded = await EmbeddedStores.OpenAsync(StoreKind.ActiveDirectory, folder.Path, people: 1000);
        var people = embedded.Database.Read(session =>
        {
            using var reader = session.Query("SELECT guid FROM objects WHERE kind = 0 AND title IS NOT NULL");
            var ids = new List<Guid>();
            while (reader.Read())
            {
                ids.Add(Guids.Read(reader, 0));
            }

            return ids;
        });

        var (code, lines) = await AsLowly.SearchAsync("OU=Staff,DC=demo,DC=local", "(objectClass=user)");

        Assert.Equal(0, code);
        Assert.Equal(1000, people.Count);
        Assert.Equal(1000, lines.Count(line => line.StartsWith("dn:", StringComparison.Ordinal)));
        Assert.Equal(people.Order(), lines.Where(line => line.StartsWith("objectGUID:: ", StringComparison.Ordinal)).Select(Id).Order());
    }

    [SambaTheory]
    [InlineData("19a1822e-e7ef-4206-af75-1c2d8b1d15eb", "user")]
    [InlineData("ee3ba6e3-02be-47b2-9892-0510bceabb7b", "user")]
    [InlineData("24bda903-2afd-408a-a55c-c18adcfb543e", "group")]
    [InlineData("124b2528-a08a-41a1-9e8e-b1d5e6434153", "group")]
    [InlineData("9ba5dc8f-bdf0-4cc8-bc53-5012e94508c8", "group")]
    [InlineData("424eea5a-7781-4c46-851f-28348b597a72", "group")]
    public async Task What_the_samples_name_has_its_id(string id, string objectClass)
    {
        var (code, lines) = await AsLowly.SearchAsync($"<GUID={id}>", $"(objectClass={objectClass})", "-s", "base");

        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.StartsWith("objectGUID::", StringComparison.Ordinal) && Id(line) == Guid.Parse(id));
    }

    [SambaFact]
    public async Task Groups_have_their_members_nested_groups_and_managers()
    {
        using var folder = new TemporaryFolder();
        using var embedded = await EmbeddedStores.OpenAsync(StoreKind.ActiveDirectory, folder.Path, people: 1000);
        var groups = (await embedded.FindGroupsAsync(new GroupQuery(Take: 500), CancellationToken.None)).Value().Items
            .Where(group => group.Dn.EndsWith("," + Groups, StringComparison.Ordinal))
            .ToList();
        var members = 0;
        foreach (var group in groups)
        {
            members += (await embedded.MemberIdsAsync(group.Id, CancellationToken.None)).Value().Count;
        }

        var (_, lines) = await AsLowly.SearchAsync(Groups, "(objectClass=group)");

        Assert.InRange(groups.Count, 150, 200);
        Assert.Equal(groups.Select(group => group.Id).Order(), lines.Where(line => line.StartsWith("objectGUID::", StringComparison.Ordinal)).Select(Id).Order());
        Assert.Equal(members, lines.Count(line => line.StartsWith("member:", StringComparison.Ordinal)));
        Assert.Equal(groups.Count, lines.Count(line => line.StartsWith("managedBy:", StringComparison.Ordinal)));
    }

    [SambaTheory]
    [InlineData("ada")]
    [InlineData("ida")]
    [InlineData("hal")]
    [InlineData("uma")]
    public async Task The_demo_people_sign_in(string name) =>
        Assert.Equal(new LdapBind(0, string.Empty), await Controller.BindAsync(SambaDomainController.Person(name)));

    [SambaTheory]
    [InlineData("wrong password", "52e")]
    [InlineData("nobody", "52e")]
    [InlineData("disabled", "533")]
    [InlineData("mustchange", "773")]
    [InlineData("expired", "701")]
    public async Task A_refused_bind_says_why(string who, string data)
    {
        var account = who switch
        {
            "wrong password" => SambaDomainController.Lowly with { Password = "wrong" },
            "nobody" => SambaDomainController.Lowly with { BindName = "nobody@demo.local" },
            "disabled" => SambaDomainController.Disabled,
            "mustchange" => SambaDomainController.MustChange,
            _ => SambaDomainController.Expired,
        };

        var answer = await Controller.BindAsync(account);

        Assert.Equal(49, answer.Code);
        Assert.Contains($"data {data},", answer.Message, StringComparison.Ordinal);
    }

    [SambaFact]
    public async Task The_certificate_is_good_for_the_name_too()
    {
        using var ca = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(Controller.CaFile));
        using var server = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(
            await File.ReadAllTextAsync(Path.Combine(Controller.Folder, "tls", "server.pem")));

        Assert.True(server.MatchesHostname(SambaDomainController.HostName));
        Assert.True(server.MatchesHostname(Controller.Address.ToString()));
        Assert.False(server.MatchesHostname(IPAddress.Loopback.ToString()));
        Assert.Equal(ca.Subject, server.Issuer);
    }

    [SambaFact]
    public async Task TLS_passes_through_a_network_that_breaks()
    {
        await using var network = FaultProxy.Start(Controller.LdapsEndPoint);
        var lowly = SambaDomainController.Lowly;
        Task<LdapBind> BindAsync() => LdapBind.TryAsync(network.EndPoint, Controller.CaFile, lowly.BindName, lowly.Password, CancellationToken.None);

        Assert.True((await BindAsync()).Succeeded);
        network.Mode = new FaultMode.ResetAfter(0).Once();
        await Assert.ThrowsAsync<IOException>(BindAsync);
        Assert.True((await BindAsync()).Succeeded);
    }

    [SambaFact]
    public async Task A_bind_without_TLS_is_refused()
    {
        var plain = new LdapTool(
            LdapTool.Url("ldap", Controller.Address, SambaDomainController.LdapPort), Controller.CaFile, SambaDomainController.Administrator);

        Assert.Equal(8, (await plain.SearchAsync(Groups, "(objectClass=*)")).Code);
    }

    [SambaFact]
    public async Task The_service_account_manages_groups_below_its_container()
    {
        const string Dn = $"CN=Made by the service,{Groups}";
        const string Renamed = $"CN=Renamed by the service,{Groups}";

        Assert.Equal(0, await AsService.ModifyAsync(
            $"dn: {Dn}\nchangetype: add\nobjectClass: group\nsAMAccountName: made-by-the-service\ngroupType: -2147483640\n"));
        Assert.Equal(0, await AsService.ModifyAsync(
            $"dn: {Dn}\nchangetype: modify\nadd: member\nmember: CN=Uma Devi,OU=Software Engineering,OU=Staff,DC=demo,DC=local\n-\n"
            + "replace: description\ndescription: changed\n-\nreplace: managedBy\nmanagedBy: CN=Hal Reyes,OU=Service Desk,OU=Staff,DC=demo,DC=local\n-\n"
            + "replace: sAMAccountName\nsAMAccountName: renamed-by-the-service\n"));
        Assert.Equal(0, await AsService.ModifyAsync($"dn: {Dn}\nchangetype: modrdn\nnewrdn: CN=Renamed by the service\ndeleteoldrdn: 1\n"));
        Assert.Equal(0, await AsService.ModifyAsync($"dn: {Renamed}\nchangetype: delete\n"));
    }

    [SambaFact]
    public async Task The_service_account_changes_groups_that_others_made()
    {
        const string Dn = $"CN=Made by another,{Groups}";
        Assert.Equal(0, await AsAdministrator.ModifyAsync(
            $"dn: {Dn}\nchangetype: add\nobjectClass: group\nsAMAccountName: made-by-another\ngroupType: -2147483646\n"));

        Assert.Equal(0, await AsService.ModifyAsync($"dn: {Dn}\nchangetype: modify\nreplace: displayName\ndisplayName: changed\n"));
        Assert.Equal(0, await AsService.ModifyAsync($"dn: {Dn}\nchangetype: delete\n"));
    }

    [SambaTheory]
    [InlineData("dn: CN=Somebody new,OU=Groups,DC=demo,DC=local\nchangetype: add\nobjectClass: user\nsAMAccountName: somebody-new\n")]
    [InlineData("dn: CN=A new group,CN=Users,DC=demo,DC=local\nchangetype: add\nobjectClass: group\nsAMAccountName: a-new-group\n")]
    [InlineData("dn: CN=Domain Admins,CN=Users,DC=demo,DC=local\nchangetype: modify\nadd: member\nmember: CN=lowly,CN=Users,DC=demo,DC=local\n")]
    [InlineData("dn: CN=Uma Devi,OU=Software Engineering,OU=Staff,DC=demo,DC=local\nchangetype: modify\nreplace: title\ntitle: changed\n")]
    [InlineData("dn: OU=Groups,DC=demo,DC=local\nchangetype: modify\nreplace: description\ndescription: changed\n")]
    public async Task The_service_account_may_do_nothing_else(string ldif) => Assert.Equal(50, await AsService.ModifyAsync(ldif));

    [SambaTheory]
    [InlineData("dn: CN=A new group,OU=Groups,DC=demo,DC=local\nchangetype: add\nobjectClass: group\nsAMAccountName: a-new-group\n")]
    [InlineData("dn: CN=DemoGroup1,OU=Groups,DC=demo,DC=local\nchangetype: modify\nadd: member\nmember: CN=lowly,CN=Users,DC=demo,DC=local\n")]
    [InlineData("dn: CN=DemoGroup1,OU=Groups,DC=demo,DC=local\nchangetype: delete\n")]
    public async Task Others_may_not_write_groups(string ldif) => Assert.Equal(50, await AsLowly.ModifyAsync(ldif));

    private static Guid Id(string line) => new(Convert.FromBase64String(line["objectGUID:: ".Length..]));
}
