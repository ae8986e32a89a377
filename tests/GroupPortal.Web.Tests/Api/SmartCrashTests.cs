using System.Globalization;
using System.Text.Json.Nodes;
using GroupPortal.Tests;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Web.Tests.Api;

/// <summary>
/// The real portal, ended by SIGKILL at each step of an update by rule and within its journal. The next start brings the group to
/// exactly where its rule has it, by one task and with one entry in the history, whether a person or a schedule had asked.
/// </summary>
public sealed class SmartCrashTests
{
    private const string Name = "Engineers by rule";
    private const string Criteria = "(department Contains \"engineering\")";

    /// <summary>The second of each: the first was the group's creation, which is no task.</summary>
    [Theory]
    [InlineData("TaskClaimed")]
    [InlineData("TaskPlanned")]
    [InlineData("BeforeDispatchRow:2")]
    [InlineData("AfterDispatchRow:2")]
    [InlineData("AfterSend:2")]
    [InlineData("BeforeClose:2")]
    [InlineData("AfterClose:2")]
    [InlineData("TaskApplied")]
    [InlineData("BeforeTaskEnd")]
    public async Task An_update_that_was_cut_off_is_finished_by_the_next_start(string point)
    {
        await using var portal = await StartAsync(point, ("Schedules:Interval", "0"));
        using var client = await ApiClient.SignInAsync(portal, "ada");
        var expected = await SelectedAsync(client);
        var group = await CreateAsync(client);

        // The answer may come before the end, or never.
        await Record.ExceptionAsync(() => client.SendAsync(HttpMethod.Post, ApiClient.Ad, $"/SmartGroups/{group}/Update"));
        await AgainAsync(portal);

        await AssertAsync(portal, expected, "ada");
    }

    [Theory]
    [InlineData("TaskClaimed")]
    [InlineData("AfterSend:2")]
    [InlineData("BeforeTaskEnd")]
    public async Task A_scheduled_update_that_was_cut_off_is_finished_by_the_next_start(string point)
    {
        await using var portal = await StartAsync(point, ("Schedules:Interval", "1"));
        using var client = await ApiClient.SignInAsync(portal, "ada");
        var expected = await SelectedAsync(client);

        // It is due at once: the end may come before the answer.
        await Record.ExceptionAsync(() => CreateAsync(client, ("XUpdateSchedule", ["every 60"])));
        await AgainAsync(portal);

        await AssertAsync(portal, expected, "[schedule]");
    }

    private static Task<PortalProcess> StartAsync(string point, params (string Key, string Value)[] settings) =>
        PortalProcess.StartAsync([("Embedded:People", "50"), ("Testing:Enabled", "true"), ("Testing:KillAt", point), .. settings]);

    private static async Task AgainAsync(PortalProcess portal)
    {
        await portal.EndedAsync();
        portal.Set("Testing:Enabled", "false");
        await portal.StartAgainAsync();
    }

    private static async Task<int> SelectedAsync(ApiClient client)
    {
        // The first load of the replica may still go on.
        ApiAnswer? answer = null;
        await Eventually.IsAsync(async () =>
        {
            answer = await client.SendAsync(HttpMethod.Post, ApiClient.Ad, "/SmartGroups/Preview", new JsonObject { ["criteria"] = Criteria, ["language"] = "groupid" }.ToJsonString());
            return answer.Http == 200;
        });
        var total = answer!.Body!["counts"]!["total"]!.GetValue<int>();
        Assert.True(total > 1);
        return total;
    }

    private static async Task<string> CreateAsync(ApiClient client, params (string Name, string[] Values)[] more)
    {
        var answer = await client.SendAsync(HttpMethod.Post, ApiClient.Ad, "/DynamicGroup", Bodies.Group(Name, [("IMSGCriteria", [Criteria]), .. more]));
        Assert.True(answer.Http == 200 && answer.Status == 0, answer.Text);
        return answer.Body!["data"]!.GetValue<string>();
    }

    private static async Task AssertAsync(PortalProcess portal, int expected, string account)
    {
        using (var client = await ApiClient.SignInAsync(portal, "ada"))
        {
            JsonNode? task = null;
            await Eventually.IsAsync(async () =>
            {
                task = (await client.SendAsync(HttpMethod.Get, "/GroupIDDataService/api/IdentityStores/2/Tasks/1", body: null)).Body;
                return task?["state"]?.GetValue<string>() == "Finished";
            });
            Assert.Equal(("Applied", account, expected), (task!["outcome"]!.GetValue<string>(), task["by"]!.GetValue<string>(), task["counts"]!["adds"]!.GetValue<int>()));
            var members = await client.ValuesAsync(ApiClient.Ad, Name, "members");
            Assert.Equal((expected, expected), (members.Length, members.Distinct().Count()));
        }

        await portal.StopAsync();
        Assert.Equal((1, 1, 0), (Count(portal, "Tasks"), Count(portal, "History", "\"Kind\" = 3"), Count(portal, "Plans", "\"State\" = 1")));
    }

    private static int Count(PortalProcess portal, string table, string where = "1")
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(portal.DataDirectory, "portal.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        // The names are this test's own.
#pragma warning disable CA2100
        command.CommandText = $"SELECT COUNT(*) FROM \"{table}\" WHERE {where}";
#pragma warning restore CA2100
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
