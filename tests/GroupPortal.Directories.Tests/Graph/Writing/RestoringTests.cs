using System.Net;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.EntraId;

namespace GroupPortal.Directories.Tests.Graph.Writing;

/// <summary>A restore whose answer was lost.</summary>
public sealed class RestoringTests
{
    private static readonly Guid Group = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001");

    [Fact]
    public async Task One_that_worked_is_found_out_although_not_every_server_knows_the_group_again()
    {
        var asked = 0;
        var answer = await SettleAsync(isDeleted: false, isThere: () => ++asked > 3);

        answer.Applied();
    }

    [Fact]
    public async Task One_that_did_not_arrive_is_to_be_sent_again() =>
        (await SettleAsync(isDeleted: true, isThere: () => false)).Refused<DirectoryError.NotFound>();

    [Fact]
    public async Task Of_a_group_that_is_nowhere_nobody_knows() =>
        Assert.IsType<DirectoryWriteAnswer.Unknown>(await SettleAsync(isDeleted: false, isThere: () => false));

    private static async Task<DirectoryWriteAnswer> SettleAsync(bool isDeleted, Func<bool> isThere)
    {
        using var stub = new GraphStub(request => request.Method == "POST" ? throw new HttpRequestException("cut")
            : (request.Path.Contains("/deletedItems/", StringComparison.OrdinalIgnoreCase) ? isDeleted : isThere())
                ? GraphStub.Json(HttpStatusCode.OK, $$"""{"id":"{{Group}}","displayName":"Back"}""")
                : GraphStub.Error(404, "Request_ResourceNotFound", $"Resource '{Group}' does not exist or one of its queried reference-property objects are not present."));
        using var directory = (TenantDirectory)stub.Connection().Open(TimeProvider.System);
        var (write, target) = (new DirectoryWrite.RestoreGroup(0, 0), new WriteTarget(Group, null));

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await directory.WriteAsync(write, target, CancellationToken.None));
        return await directory.SettleAsync(write, target, CancellationToken.None);
    }
}
