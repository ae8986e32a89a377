using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Directories.Tests.Graph.Writing;
using GroupPortal.GraphEmulation.Faults;

namespace GroupPortal.Directories.Tests.Graph.Errors;

/// <summary>What Graph refuses is a line that a person can read; Graph's own words and the id of the request are kept for support.</summary>
public sealed partial class ErrorLinesTests : GraphWriteTests
{
    public static TheoryData<string, string> Refusals { get; } = new()
    {
        { "the last owner goes", nameof(DirectoryError.PolicyBlocked) },
        { "more than a hundred owners", nameof(DirectoryError.PolicyBlocked) },
        { "a member of a dynamic group", nameof(DirectoryError.AccessDenied) },
        { "a member who is nobody", nameof(DirectoryError.NotFound) },
        { "a group that is gone", nameof(DirectoryError.NotFound) },
        { "a nickname that is taken", nameof(DirectoryError.AlreadyExists) },
        { "a rule that cannot be read", nameof(DirectoryError.InvalidValue) },
        { "a synchronised group", nameof(DirectoryError.PolicyBlocked) },
        { "no valid token", nameof(DirectoryError.Unavailable) },
        { "too many requests", nameof(DirectoryError.Throttled) },
        { "out of service", nameof(DirectoryError.Unavailable) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Each_refusal_is_a_readable_line(string refusal, string error)
    {
        var refused = await ProvokeAsync(refusal);

        Assert.Equal(error, refused.Code);
        Assert.Matches(Sentence(), refused.Message);
        Assert.DoesNotMatch(ServersOwn(), refused.Message);
        Assert.False(string.IsNullOrEmpty(refused.ServerText));
        Assert.NotEqual(refused.ServerText, refused.Message);
        Assert.False(string.IsNullOrEmpty(refused.RequestId));
    }

    private async Task<DirectoryError> ProvokeAsync(string refusal)
    {
        var group = Objects.AddGroup("Refusing");
        Objects.AddOwner(group, People[0]);
        switch (refusal)
        {
            case "the last owner goes":
                return ErrorOf(await OwnersAsync(group, Remove(0, People[0])));
            case "more than a hundred owners":
                var crowded = Objects.AddGroup("Crowded");
                for (var number = 0; number < 100; number++)
                {
                    Objects.AddOwner(crowded, Objects.AddUser($"Owner {number}"));
                }

                return ErrorOf(await OwnersAsync(crowded, Add(0, People[1])));
            case "a member of a dynamic group":
                var dynamic = Objects.AddGroup("Dynamic", ("groupTypes", new[] { "DynamicMembership" }), ("membershipRule", "user.department -eq \"x\""));
                return ErrorOf(await MembersAsync(dynamic, Add(0, People[1])));
            case "a member who is nobody":
                return ErrorOf(await MembersAsync(group, Add(0, Guid.NewGuid())));
            case "a group that is gone":
                return ErrorOf(await ModifyAsync(Guid.NewGuid(), new AttributeWrite(0, AttributeNames.Description, ["x"], null)));
            case "a nickname that is taken":
                await WriteAsync(Create("Taken", type: "16", owners: [People[0]]));
                return ErrorOf(await WriteAsync(Create("Taken", type: "16", owners: [People[0]])));
            case "a rule that cannot be read":
                return ErrorOf(await WriteAsync(Create("Ruled", [(AttributeNames.MembershipRule, "user.nothing -eq \"x\"")])));
            case "a synchronised group":
                var synced = Objects.AddGroup("Synced", ("onPremisesSyncEnabled", true));
                return ErrorOf(await ModifyAsync(synced, new AttributeWrite(0, AttributeNames.Description, ["x"], null)));
            case "no valid token":
                return await FaultyAsync(FaultKind.Unauthorized, group);
            case "too many requests":
                return await FaultyAsync(FaultKind.TooManyRequests, group);
            default:
                return await FaultyAsync(FaultKind.ServiceUnavailable, group);
        }
    }

    private async Task<DirectoryError> FaultyAsync(FaultKind kind, Guid group)
    {
        using var fault = Graph.Emulator.Faults.Inject(kind, "PATCH", "/groups/", count: 100);
        return ErrorOf(await ModifyAsync(group, new AttributeWrite(0, AttributeNames.Description, ["x"], null)));
    }

    private static DirectoryError ErrorOf(DirectoryWriteAnswer answer) => answer switch
    {
        DirectoryWriteAnswer.Refused refused => refused.Error,
        DirectoryWriteAnswer.Applied { Outcomes: [{ Error: { } error }, ..] } => error,
        _ => throw new InvalidOperationException($"It was not refused: {answer}"),
    };

    [GeneratedRegex(@"^\p{Lu}.+\.$")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"Request_|Resource '|[0-9a-f]{8}-[0-9a-f]{4}|\{|\bHTTP\b")]
    private static partial Regex ServersOwn();
}
