using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Api;

/// <summary>The vendor's sample requests for Entra stores, sent byte for byte, and their sample answers, whatever the store is connected to.</summary>
public abstract class EntraSampleTests
{
    internal abstract ApiClient Ada { get; }

    [Fact]
    public async Task Creating_an_Entra_group_answers_as_its_sample()
    {
        var answer = await Ada.CreateAsync(ApiClient.Entra, StaticSampleTests.Read("create-static-entra.request"));

        Assert.Equal(200, answer.Http);
        var sample = JsonNode.Parse(StaticSampleTests.Read("create-static-entra.response")
            .Replace("a9eec7fb-8027-4671-99c4-b6a55f8a2db5", answer.Body!["data"]!.GetValue<string>(), StringComparison.Ordinal)
            .Replace("apiEntraIDNet", "apiSecAzure", StringComparison.Ordinal)
            .Replace("\"identityStoreId\": 6", "\"identityStoreId\": 3", StringComparison.Ordinal))!;
        StaticSampleTests.AssertDetails(sample["details"]![0]!, [.. answer.Details.Where(detail => detail!["name"]!.GetValue<string>() is not ("members" or "owners")).Select(detail => detail!.DeepClone())], "displayname", "GroupType");
        Assert.Equal("ee3ba6e3-02be-47b2-9892-0510bceabb7b", Assert.Single(answer.Detail("members")["details"]!.AsArray())!["name"]!.GetValue<string>());
        StaticSampleTests.AssertSame(StaticSampleTests.Without(sample), StaticSampleTests.Without(answer.Body));
    }

    [Fact]
    public async Task Creating_an_Entra_smart_group_answers_as_its_sample()
    {
        var answer = await Ada.SendAsync(HttpMethod.Post, ApiClient.Entra, "/DynamicGroup", StaticSampleTests.Read("create-smart-entra.request"));

        Assert.True(answer.Http == 200, answer.Text);
        var id = answer.Body!["data"]!.GetValue<string>();
        var sample = JsonNode.Parse(StaticSampleTests.Read("create-smart-entra.response")
            .Replace("21f7703a-2c74-4f22-8557-3401db64602a", id, StringComparison.Ordinal)
            .Replace("apiEntraSmartNet", "apiEntraSmart", StringComparison.Ordinal)
            .Replace("\"identityStoreId\": 6", "\"identityStoreId\": 3", StringComparison.Ordinal))!;
        StaticSampleTests.AssertDetails(
            sample["details"]![0]!, [.. answer.Details.Where(detail => detail!["name"]!.GetValue<string>() != "owners").Select(detail => detail!.DeepClone())], "IMSGCriteria", "IMSGStartPath");
        StaticSampleTests.AssertSame(StaticSampleTests.Without(sample), StaticSampleTests.Without(answer.Body));

        // The member beside the criteria is one by exception.
        Assert.Equal("ee3ba6e3-02be-47b2-9892-0510bceabb7b", Assert.Single(await Ada.ValuesAsync(ApiClient.Entra, id, "Include")));
        Assert.Empty(await Ada.ValuesAsync(ApiClient.Entra, id, "members"));
    }
}

[Collection(ApiPortal.Collection)]
public sealed class EmbeddedEntraSampleTests(ApiPortal api) : EntraSampleTests
{
    internal override ApiClient Ada => api.Ada;
}

public sealed class GraphSampleTests(GraphApiPortal api) : EntraSampleTests, IClassFixture<GraphApiPortal>
{
    internal override ApiClient Ada => api.Ada;

    [Fact]
    public async Task What_a_script_did_is_so_in_the_tenant()
    {
        var id = await Ada.NewGroupAsync(ApiClient.Entra, "Choir of scripts", ("GroupType", ["16"]), ("description", ["Sings"]));
        var uma = api.Graph.Directory.Person("uma");

        var changed = await Ada.PatchAsync(ApiClient.Entra, id, Bodies.Change(1, ("members", [uma.ToString()])));
        var described = await Ada.PatchAsync(ApiClient.Entra, "Choir of scripts", Bodies.Change(0, ("description", ["Hums"]), ("hideFromAddressLists", ["true"])));

        Assert.True(changed is { Http: 200, Status: 0 }, changed.Text);
        Assert.True(described is { Http: 200, Status: 0 }, described.Text);
        Assert.Equal([uma], api.Graph.Directory.Members(Guid.Parse(id)));
        Assert.Equal("Hums", api.Graph.Directory.Value(Guid.Parse(id), "description")?.ToString());
        Assert.Equal("true", api.Graph.Directory.Value(Guid.Parse(id), "hideFromAddressLists")?.ToString(), ignoreCase: true);

        var deleted = await Ada.SendAsync(HttpMethod.Delete, ApiClient.Entra, "/" + id);
        Assert.True(deleted is { Http: 200, Status: 0 }, deleted.Text);
        Assert.False(api.Graph.Directory.Exists(Guid.Parse(id)));
        Assert.True(api.Graph.Directory.Exists(uma));
    }

    [Fact]
    public async Task A_distribution_group_is_refused_before_Graph_is_asked_with_the_command_that_makes_it()
    {
        var answer = await Ada.CreateAsync(ApiClient.Entra, Bodies.Group("Letters to all", ("GroupType", ["8"])));

        Assert.Equal(422, answer.Http);
        Assert.Contains("New-DistributionGroup -Name 'Letters to all'", answer.Text.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(api.Graph.Requests, request => request.Method == "POST" && request.Body.Contains("Letters to all", StringComparison.Ordinal));
    }
}

/// <summary>A portal whose Entra store is a tenant behind Microsoft Graph.</summary>
public sealed class GraphApiPortal : IAsyncLifetime
{
    private PortalProcess _portal = null!;

    internal GraphEmulator Graph { get; private set; } = null!;

    internal ApiClient Ada { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Graph = await GraphEmulator.StartAsync();
        _portal = await PortalProcess.StartAsync(TenantSettings.For(Graph));
        Ada = await ApiClient.SignInAsync(_portal, "ada");
    }

    public async Task DisposeAsync()
    {
        Ada.Dispose();
        await _portal.DisposeAsync();
        await Graph.DisposeAsync();
    }
}
