using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>What tests of smart groups do again and again.</summary>
internal static class SmartSteps
{
    public static Task<Guid> CreateSmartAsync(this TestPortal portal, params (string Name, string Value)[] more) => portal.CreateSmartAsync("Engineers", more);

    public static async Task<Guid> CreateSmartAsync(this TestPortal portal, string name, params (string Name, string Value)[] more)
    {
        var request = Requests.Create(name) with
        {
            Attributes = [new("IMSGCriteria", ChangeMode.Set, ["(engineers)"]), .. more.Select(one => new AttributeChange(one.Name, ChangeMode.Set, [one.Value]))],
        };
        var result = await portal.DoAsync(request);
        portal.Store.Written.Clear();
        return result.GroupId!.Value;
    }

    public static async Task<TaskInfo> UpdateAsync(this TestPortal portal, Guid group, Person? person = null)
    {
        var answer = Assert.IsType<UpdateAnswer.Started>(await portal.StartUpdateAsync(group, person));
        return await portal.WaitForTaskAsync(answer.TaskId);
    }

    public static async Task<UpdateAnswer> StartUpdateAsync(this TestPortal portal, Guid group, Person? person = null) =>
        Assert.Single(await portal.Get<SmartUpdates>().StartAsync(portal.StoreId, [group], TestPortal.From(person), CancellationToken.None));

    public static async Task<TaskInfo> WaitForTaskAsync(this TestPortal portal, long task)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return (await portal.Get<SmartUpdates>().WaitAsync(portal.StoreId, task, limit.Token))!;
    }
}
