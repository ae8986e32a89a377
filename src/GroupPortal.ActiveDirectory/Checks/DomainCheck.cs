using System.Globalization;
using System.Runtime.CompilerServices;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>
/// Tests the way to a domain step by step, and the rights that the service account has there. It reads only; what could be
/// written is what the server itself says that it would allow.
/// </summary>
public sealed class DomainCheck(DomainConnection connection, string container, TimeProvider clock)
{
    /// <summary>Kerberos takes no more ([MS-KILE] 3.1.5.3), and certificates and account expiry are judged by the clock.</summary>
    private static readonly TimeSpan MostClockDifference = TimeSpan.FromMinutes(5);

    private static readonly LdapFilter Anything = LdapFilter.Present("objectClass");
    private static readonly string[] Steps = ["Base", "Clock", "People", "Groups", "Create", "Write", "Roles"];
    private readonly DistinguishedName _root = DistinguishedName.Parse(connection.Store.BaseDn);

    public async IAsyncEnumerable<CheckStep> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var usable = new List<LdapServer>();
        var triesAccount = true;
        foreach (var server in connection.Ldap.Servers)
        {
            var check = new ServerCheck(connection.Ldap, server, triesAccount, clock);
            await foreach (var step in check.RunAsync(cancellation))
            {
                yield return step;
            }

            triesAccount &= !check.RefusedAccount;
            if (check.IsUsable)
            {
                usable.Add(server);
            }
        }

        if (usable.Count == 0)
        {
            foreach (var step in Steps)
            {
                yield return Skipped(step, "Check.Skipped.NoServer");
            }

            yield break;
        }

        await using var client = new LdapClient(connection.Ldap with { Servers = usable }, clock);
        var (isBase, rootDse) = await BaseAsync(client, cancellation);
        yield return isBase;
        yield return rootDse is null ? Skipped("Clock") : ClockOf(rootDse);
        if (isBase.Status == CheckStatus.Failed)
        {
            foreach (var step in Steps[2..])
            {
                yield return Skipped(step);
            }

            yield break;
        }

        yield return await PeopleAsync(client, cancellation);
        yield return await GroupsAsync(client, cancellation);
        var create = await CreateAsync(client, cancellation);
        yield return create;
        yield return create.Status == CheckStatus.Failed && create.ServerText is not null ? Skipped("Write") : await WriteAsync(client, cancellation);
        yield return await RolesAsync(client, cancellation);
    }

    private async Task<(CheckStep Step, LdapEntry? RootDse)> BaseAsync(LdapClient client, CancellationToken cancellation)
    {
        var server = await client.SearchAsync(
            new LdapSearch(LdapName.RootDse, LdapScope.Base, Anything, ["defaultNamingContext", "namingContexts", "currentTime"]), cancellation);
        if (!server.IsComplete || server.Entries is not [var rootDse])
        {
            return (NotAnswered("Base", server.Answer), null);
        }

        var contexts = rootDse.Texts("namingContexts");
        if (!contexts.Any(context => DistinguishedName.TryParse(context, out var name) && name.Equals(_root)))
        {
            var own = rootDse.Text("defaultNamingContext") ?? string.Empty;
            return (Failed("Base", "Check.Base.Other", [_root.ToString(), own], "Check.Base.Other.Advice", [own]), rootDse);
        }

        var found = await client.SearchAsync(new LdapSearch(Domain.NameOf(_root), LdapScope.Base, Anything, ["objectClass"]), cancellation);
        return (!found.IsComplete ? NotAnswered("Base", found.Answer)
            : found.Entries is [{ Attributes.Count: > 0 }] ? Ok("Base", "Check.Base.Found", _root.ToString())
            : Failed("Base", "Check.Base.Unreadable", [_root.ToString()], "Check.Read.Advice", [connection.Account]), rootDse);
    }

    private CheckStep ClockOf(LdapEntry rootDse)
    {
        if (!DateTimeOffset.TryParseExact(
            rootDse.Text("currentTime"), "yyyyMMddHHmmss.FZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return Skipped("Clock", "Check.Clock.Unknown");
        }

        var difference = (clock.GetUtcNow() - time).Duration();
        var seconds = Math.Round(difference.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return difference > MostClockDifference
            ? new CheckStep(null, NameOf("Clock"), CheckStatus.Warning, Texts.Format("Check.Clock.Apart", seconds), Texts.Format("Check.Clock.Apart.Advice"))
            : Ok("Clock", "Check.Clock.Near", seconds);
    }

    private Task<CheckStep> PeopleAsync(LdapClient client, CancellationToken cancellation) => ReadAsync(
        client, "People", LdapFilter.And(LdapFilter.Equal("objectCategory", "person"), LdapFilter.Equal("objectClass", "user")),
        ["objectGUID", "sAMAccountName", "userAccountControl"], cancellation);

    private Task<CheckStep> GroupsAsync(LdapClient client, CancellationToken cancellation) => ReadAsync(
        client, "Groups", LdapFilter.Equal("objectClass", DirectoryRights.GroupClass), ["objectGUID", "sAMAccountName", "groupType"], cancellation);

    /// <summary>Every domain has people and groups from its first minute: none found means that they cannot be seen.</summary>
    private async Task<CheckStep> ReadAsync(LdapClient client, string step, LdapFilter filter, string[] attributes, CancellationToken cancellation)
    {
        var found = (await client.SearchPagesAsync(new LdapSearch(Domain.NameOf(_root), LdapScope.Subtree, filter, attributes), 1, cancellation, atMost: 1)).Found;
        if (!found.IsComplete)
        {
            return NotAnswered(step, found.Answer);
        }

        if (found.Entries.Count == 0)
        {
            return Failed(step, $"Check.{step}.None", [_root.ToString()], "Check.Read.Advice", [connection.Account]);
        }

        var missing = attributes.Where(attribute => found.Entries[0][attribute] is null).ToList();
        return missing.Count == 0
            ? Ok(step, $"Check.{step}.Found")
            : Failed(step, "Check.Read.Missing", [string.Join(", ", missing)], "Check.Read.Advice", [connection.Account]);
    }

    private async Task<CheckStep> CreateAsync(LdapClient client, CancellationToken cancellation)
    {
        var search = new LdapSearch(Domain.NameOf(DistinguishedName.Parse(container)), LdapScope.Base, Anything, ["objectClass", "allowedChildClassesEffective"]);
        var found = await client.SearchAsync(search, cancellation);
        if (found.Answer is LdapAnswer.Answered({ Code: LdapResultCode.NoSuchObject } result))
        {
            return Failed("Create", "Check.Container.Missing", [container], "Check.Container.Missing.Advice", []) with { ServerText = FaultWords.ServerTextOf(result) };
        }

        if (!found.IsComplete)
        {
            return NotAnswered("Create", found.Answer);
        }

        return found.Entries is [var entry] && entry.Texts("allowedChildClassesEffective").Contains(DirectoryRights.GroupClass, StringComparer.OrdinalIgnoreCase)
            ? Ok("Create", "Check.Create.Allowed", container)
            : Failed("Create", "Check.Create.Refused", [connection.Account, container], "Check.Delegate", []);
    }

    private async Task<CheckStep> WriteAsync(LdapClient client, CancellationToken cancellation)
    {
        var search = new LdapSearch(
            Domain.NameOf(DistinguishedName.Parse(container)), LdapScope.Subtree, LdapFilter.Equal("objectClass", DirectoryRights.GroupClass), ["cn", "allowedAttributesEffective"]);
        var found = (await client.SearchPagesAsync(search, 1, cancellation, atMost: 1)).Found;
        if (!found.IsComplete)
        {
            return NotAnswered("Write", found.Answer);
        }

        if (found.Entries.Count == 0)
        {
            return Skipped("Write", "Check.Write.NoGroup", container);
        }

        var group = found.Entries[0].Name.ToString();
        var allowed = found.Entries[0].Texts("allowedAttributesEffective").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = DirectoryRights.Told.Where(attribute => !allowed.Contains(attribute)).ToList();
        return missing switch
        {
            [] => Ok("Write", "Check.Write.Allowed", group),
            _ when missing.Contains(DirectoryRights.Member) => Failed("Write", "Check.Write.Refused", [connection.Account, group, string.Join(", ", missing)], "Check.Delegate", []),
            _ => new CheckStep(null, NameOf("Write"), CheckStatus.Warning, Texts.Format("Check.Write.Partly", connection.Account, group, string.Join(", ", missing)), Texts.Format("Check.Delegate")),
        };
    }

    private async Task<CheckStep> RolesAsync(LdapClient client, CancellationToken cancellation)
    {
        var options = connection.Roles;
        if (options.Administrators.Count == 0 && options.Helpdesk.Count == 0)
        {
            return new CheckStep(null, NameOf("Roles"), CheckStatus.Warning, Texts.Format("Check.Roles.None"), Texts.Format("Check.Roles.None.Advice"));
        }

        var read = await RoleGroups.ReadAsync(client, _root, options, cancellation);
        if (read is not DirectoryAnswer<RoleGroups>.Ok(var groups))
        {
            return read is DirectoryAnswer<RoleGroups>.Failed(var error)
                ? new CheckStep(null, NameOf("Roles"), CheckStatus.Failed, error.Message) { ServerText = error.ServerText }
                : Skipped("Roles");
        }

        if (groups.Unresolved.Count > 0)
        {
            return Failed("Roles", "Check.Roles.Unknown", [string.Join("; ", groups.Unresolved)], "Check.Roles.Unknown.Advice", []);
        }

        var person = (await client.SearchPagesAsync(
            new LdapSearch(Domain.NameOf(_root), LdapScope.Subtree, LdapFilter.And(LdapFilter.Equal("objectCategory", "person"), LdapFilter.Equal("objectClass", "user")), ["cn"]),
            1, cancellation, atMost: 1)).Found;
        if (!person.IsComplete || person.Entries.Count == 0)
        {
            return NotAnswered("Roles", person.Answer);
        }

        var token = await client.SearchAsync(new LdapSearch(person.Entries[0].Name, LdapScope.Base, Anything, ["tokenGroups"]), cancellation);
        return !token.IsComplete ? NotAnswered("Roles", token.Answer)
            : token.Entries is [var entry] && entry["tokenGroups"] is not null ? Ok("Roles", "Check.Roles.Found", (groups.Administrators.Count + groups.Helpdesk.Count).ToString(CultureInfo.InvariantCulture))
            : Failed("Roles", "Check.Roles.NoToken", [connection.Account], "Check.Roles.NoToken.Advice", []);
    }

    private static CheckStep NotAnswered(string step, LdapAnswer answer) => answer switch
    {
        LdapAnswer.Answered(var result) => Failed(step, "Check.Answer.Refused", [], "Check.Answer.Refused.Advice", []) with { ServerText = FaultWords.ServerTextOf(result) },
        LdapAnswer.NotSent(var fault) => FaultWords.StepOf(null, NameOf(step), fault),
        LdapAnswer.Unknown(var fault) => FaultWords.StepOf(null, NameOf(step), fault),
        _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
    };

    private static CheckStep Ok(string step, string key, params string[] arguments) => new(null, NameOf(step), CheckStatus.Ok, Texts.Format(key, arguments));

    private static CheckStep Failed(string step, string key, string[] arguments, string advice, string[] adviceArguments) =>
        new(null, NameOf(step), CheckStatus.Failed, Texts.Format(key, arguments), Texts.Format(advice, adviceArguments));

    private static CheckStep Skipped(string step, string key = "Check.Skipped", params string[] arguments) =>
        new(null, NameOf(step), CheckStatus.Skipped, Texts.Format(key, arguments));

    private static string NameOf(string step) => Texts.Format($"Check.Step.{step}");
}
