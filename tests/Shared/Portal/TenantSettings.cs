using System.Net;
using GroupPortal.GraphEmulation;

namespace GroupPortal.Tests;

/// <summary>The settings of a portal whose store 3 is a tenant behind Microsoft Graph, as an operator would write them.</summary>
internal static class TenantSettings
{
    private const string Secret = "GROUPPORTAL_TEST_GRAPH_SECRET";

    /// <param name="endpoint">Where the portal finds it; the emulator itself when null.</param>
    public static (string Key, string Value)[] For(GraphEmulator graph, IPEndPoint? endpoint = null) =>
    [
        ("Embedded:People", "10"),
        ("Directories:3:Graph:Domain", graph.Domain),
        ("Directories:3:Graph:TenantId", graph.TenantId),
        ("Directories:3:Graph:ClientId", "11111111-1111-4111-8111-111111111111"),
        ("Directories:3:Graph:SecretVariable", Secret),
        ("Directories:3:Graph:Endpoint", endpoint is null ? graph.Endpoint.ToString() : $"http://{endpoint}"),
        (Secret, new EmulatorOptions().ClientSecret),
    ];
}
