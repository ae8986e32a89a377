using GroupPortal.TestDirectories;
using GroupPortal.Tests;
using GroupPortal.Web.Tests.Api;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Web.Tests.Domain;

/// <summary>A portal that reaches its domain controller through a network that breaks on demand.</summary>
public sealed class OutagePortal : IAsyncLifetime
{
    internal SambaDomainController Controller { get; private set; } = null!;

    internal FaultProxy Network { get; private set; } = null!;

    internal PortalProcess Portal { get; private set; } = null!;

    internal ApiClient Ada { get; private set; } = null!;

    /// <summary>The DNs of a thousand people.</summary>
    internal IReadOnlyList<string> Thousand { get; private set; } = [];

    internal LdapTool Tool => LdapTool.For(Controller, SambaDomainController.Administrator);

    public async Task InitializeAsync()
    {
        if (ServerTools.Samba.ReasonToSkip is null)
        {
            Controller = await SambaDomainController.StartAsync();
            Network = FaultProxy.Start(Controller.LdapsEndPoint);
            Portal = await PortalProcess.StartAsync(DomainSettings.For(Controller, Network.EndPoint));
            Ada = await ApiClient.SignInAsync(Portal, "ada", SambaDomainController.Person("ada").Password);
            Thousand = [.. (await Tool.ValuesAsync(SambaDomainController.BaseDn, "(sAMAccountType=805306368)", "distinguishedName")).Take(1000)];
            Assert.Equal(1000, Thousand.Count);
        }
    }

    public async Task DisposeAsync()
    {
        if (Controller is not null)
        {
            Ada?.Dispose();
            await (Portal?.DisposeAsync() ?? ValueTask.CompletedTask);
            await (Network?.DisposeAsync() ?? ValueTask.CompletedTask);
            await Controller.DisposeAsync();
        }
    }

    /// <summary>The members that the domain itself tells, each as often as it stands there.</summary>
    internal Task<IReadOnlyList<string>> MembersAsync(string group) =>
        Tool.ValuesAsync(SambaDomainController.BaseDn, $"(&(objectCategory=group)(cn={group}))", "member");

    /// <summary>A number out of the portal's own books.</summary>
    internal long Ask(FormattableString sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Portal.DataDirectory, "portal.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Format(null, sql.Format, [.. sql.GetArguments().Select((_, index) => $"@p{index}")]);
        foreach (var (index, value) in sql.GetArguments().Index())
        {
            command.Parameters.AddWithValue($"@p{index}", value);
        }

        return Convert.ToInt64(command.ExecuteScalar(), null);
    }
}
