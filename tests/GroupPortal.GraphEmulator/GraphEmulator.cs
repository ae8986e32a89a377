using GroupPortal.GraphEmulation.Company;
using GroupPortal.GraphEmulation.Deleted;
using GroupPortal.GraphEmulation.Delta;
using GroupPortal.GraphEmulation.Dynamic;
using GroupPortal.GraphEmulation.Faults;
using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Licences;
using GroupPortal.GraphEmulation.Lifecycle;
using GroupPortal.GraphEmulation.Members;
using GroupPortal.GraphEmulation.Naming;
using GroupPortal.GraphEmulation.People;
using GroupPortal.GraphEmulation.Record;
using GroupPortal.GraphEmulation.Settings;
using GroupPortal.GraphEmulation.Store;
using GroupPortal.GraphEmulation.Synchronization;
using GroupPortal.GraphEmulation.Teams;
using GroupPortal.GraphEmulation.Tokens;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;

namespace GroupPortal.GraphEmulation;

/// <summary>A Microsoft Graph of one tenant, in memory, on a loopback port.</summary>
public sealed class GraphEmulator : IAsyncDisposable
{
    private readonly Tenant _tenant;
    private readonly WebApplication _server;

    private GraphEmulator(Tenant tenant, WebApplication server)
    {
        _tenant = tenant;
        _server = server;
        Endpoint = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Directory = new EmulatedDirectory(tenant);
    }

    /// <summary>Without version: <c>http://127.0.0.1:port</c>. Graph lies below <c>/v1.0</c> and <c>/beta</c>, tokens at <c>/{tenant}/oauth2/v2.0/token</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>A GUID.</summary>
    public string TenantId => _tenant.Id;

    /// <summary>The tenant's first domain.</summary>
    public string Domain => _tenant.Options.Domain;

    /// <summary>Every request so far, in the order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _tenant.Record.All;

    /// <summary>What is to go wrong.</summary>
    public FaultBook Faults => _tenant.Faults;

    /// <summary>The objects behind the server, without its rules.</summary>
    public EmulatedDirectory Directory { get; }

    /// <summary>Listens when this returns.</summary>
    public static async Task<GraphEmulator> StartAsync(EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var tenant = new Tenant(options ?? new EmulatorOptions());
        lock (tenant.Store.Gate)
        {
            SampleCompany.Fill(tenant);
        }

        var routes = new Routes();
        ObjectEndpoints.Map(routes);
        GroupEndpoints.Map(routes);
        MemberEndpoints.Map(routes);
        DeltaEndpoints.Map(routes);
        DynamicEndpoints.Map(routes);
        DeletedItems.Map(routes);
        TeamEndpoints.Map(routes);
        NamingEndpoints.Map(routes);
        LifecycleEndpoints.Map(routes);
        LicenceEndpoints.Map(routes);
        SettingEndpoints.Map(routes);
        SyncEndpoints.Map(routes);
        return new GraphEmulator(tenant, await GraphServer.StartAsync(tenant, new Pipeline(tenant, routes), cancellationToken));
    }

    /// <summary>A token of an application.</summary>
    public string AppToken(string clientId = "11111111-1111-4111-8111-111111111111") => _tenant.Tokens.Issue(TokenKind.App, clientId, null);

    /// <summary>A token of a person, named by principal name or its part before the @.</summary>
    public string UserToken(string name, string clientId = "11111111-1111-4111-8111-111111111111") =>
        _tenant.Tokens.Issue(TokenKind.Delegated, clientId, Directory.Person(name));

    /// <summary>Every delta token given out so far is unknown from now on.</summary>
    public void ForgetDeltaTokens() => _tenant.DeltaTokens.Forget();

    /// <summary>Completes when the server was told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _server.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // Nobody is held longer than the server lives.
        Faults.Clear();
        return _server.DisposeAsync();
    }
}
