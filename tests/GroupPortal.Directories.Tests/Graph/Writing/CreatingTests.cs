using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.EntraId.Requests;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Faults;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Graph.Writing;

public sealed class CreatingTests : GraphWriteTests
{
    [Theory]
    [InlineData("4", "[]", false, true)]
    [InlineData("16", "[\"Unified\"]", true, false)]
    [InlineData("32", "[\"Unified\"]", true, false)]
    public async Task A_type_of_the_picker_becomes_what_Graph_calls_it(string type, string types, bool mail, bool security)
    {
        var answer = (await WriteAsync(Create("Typed", [(AttributeNames.Description, "for")], [People[0]], [People[1]], type))).Applied();

        var group = Objects.Object(answer.GroupId);
        Assert.Equal(types, group["groupTypes"]!.ToJsonString());
        Assert.Equal((mail, security), ((bool)group["mailEnabled"]!, (bool)group["securityEnabled"]!));
        Assert.Equal("for", (string?)group["description"]);
        Assert.Equal([People[0]], Objects.Owners(answer.GroupId));
        Assert.Equal([People[1]], Objects.Members(answer.GroupId));
        Assert.Single(SentWrites());
    }

    [Fact]
    public async Task A_distribution_group_is_refused_before_anything_is_sent()
    {
        var error = (await WriteAsync(Create("List", type: "8"))).Refused<DirectoryError.Unsupported>();

        Assert.Equal(AttributeNames.GroupType, error.Attribute);
        Assert.Contains("Exchange Online", error.Message, StringComparison.Ordinal);
        Assert.Empty(Graph.Sent());
    }

    [Fact]
    public async Task A_rule_makes_the_group_dynamic_and_switches_it_on()
    {
        var made = (await WriteAsync(Create("Ruled", [(AttributeNames.MembershipRule, "user.department -eq \"Sales\"")], type: "16"))).Applied();

        Assert.Equal("[\"Unified\",\"DynamicMembership\"]", Objects.Object(made.GroupId)["groupTypes"]!.ToJsonString());
        Assert.Equal("On", Objects.Value(made.GroupId, "membershipRuleProcessingState"));

        var paused = (await WriteAsync(Create("Paused", [(AttributeNames.MembershipRule, "user.department -eq \"Sales\""), (AttributeNames.RuleProcessing, "Paused")]))).Applied();
        Assert.Equal("Paused", Objects.Value(paused.GroupId, "membershipRuleProcessingState"));
    }

    [Fact]
    public async Task Whoever_stands_there_twice_is_sent_once()
    {
        var write = Create("Twice", owners: [People[0], People[0]], members: [People[1], People[1], People[2]]);

        var answer = (await WriteAsync(write)).Applied();

        Assert.Equal(write.Steps.Order(), answer.Outcomes.Select(outcome => outcome.Ordinal).Order());
        Assert.Equal(2, Objects.Members(answer.GroupId).Count);
    }

    [Theory]
    [InlineData(FaultKind.Drop, true)]
    [InlineData(FaultKind.Drop, false)]
    public async Task A_lost_answer_is_unknown_and_settled_by_the_mark(FaultKind kind, bool wasDone)
    {
        var write = Create("Lost", members: [People[0]]);
        Graph.Emulator.Faults.Inject(kind, "POST", "/groups", afterHandling: wasDone);

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await WriteAsync(write));
        Assert.Single(SentWrites());
        var settled = await SettleAsync(write);
        if (wasDone)
        {
            Assert.Equal("Lost", Objects.Value(settled.Applied().GroupId, "displayName"));
        }
        else
        {
            settled.Refused<DirectoryError.NotFound>();
        }

        // Sent again all the same, it is the same group.
        var again = (await WriteAsync(write)).Applied();
        Assert.Equal([again.GroupId], Objects.All(GraphEmulation.Store.ObjectKind.Group));
    }

    [Theory]
    [InlineData(FaultKind.ServiceUnavailable, true)]
    [InlineData(FaultKind.ServiceUnavailable, false)]
    [InlineData(FaultKind.GatewayTimeout, true)]
    [InlineData(FaultKind.GatewayTimeout, false)]
    [InlineData(FaultKind.TooManyRequests, false)]
    public async Task What_Graph_does_not_answer_clearly_comes_to_one_group(FaultKind kind, bool wasDone)
    {
        Graph.Emulator.Faults.Inject(kind, "POST", "/groups", afterHandling: wasDone);

        var made = (await WriteAsync(Create("Once", members: [People[0]]))).Applied();

        Assert.Equal([made.GroupId], Objects.All(GraphEmulation.Store.ObjectKind.Group));
    }

    [Fact]
    public async Task A_Graph_that_stays_away_is_refused_as_away_when_it_says_so()
    {
        Graph.Emulator.Faults.Inject(FaultKind.ServiceUnavailable, "POST", "/groups", count: 100);

        (await WriteAsync(Create("Away"))).Refused<DirectoryError.Unavailable>();
        Assert.Empty(Objects.All(GraphEmulation.Store.ObjectKind.Group));
    }

    [Fact]
    public async Task An_owner_or_member_that_leads_nowhere_is_told_apart()
    {
        var ghost = Guid.NewGuid();

        Assert.Equal(AttributeNames.Members, (await WriteAsync(Create("A", owners: [People[0]], members: [People[1], ghost]))).Refused<DirectoryError.NotFound>().Attribute);
        Assert.Equal(AttributeNames.Owners, (await WriteAsync(Create("B", owners: [ghost], members: [People[1]]))).Refused<DirectoryError.NotFound>().Attribute);
        Assert.Empty(Objects.All(GraphEmulation.Store.ObjectKind.Group));
    }

    [Fact]
    public async Task A_nickname_that_is_taken_is_told_by_its_attribute()
    {
        (await WriteAsync(Create("Same", type: "16"))).Applied();

        Assert.Equal(AttributeNames.MailNickname, (await WriteAsync(Create("Same", type: "16"))).Refused<DirectoryError.AlreadyExists>().Attribute);
    }

    [Fact]
    public async Task Whoever_creates_is_an_owner_without_being_named()
    {
        var self = Guid.NewGuid();
        var posts = new List<string>();
        using var stub = new GraphStub(request =>
        {
            if (request is { Method: "POST", Path: "/v1.0/groups" })
            {
                posts.Add(request.Body);
                return request.Body.Contains("owners@odata.bind", StringComparison.Ordinal)
                    ? GraphStub.Error(400, "Request_BadRequest", "Request contains a property with duplicate values.")
                    : GraphStub.Json(System.Net.HttpStatusCode.Created, $$"""{"id":"{{self}}"}""");
            }

            return request.Path == "/v1.0/$batch"
                ? GraphStub.Json(System.Net.HttpStatusCode.OK, """{"responses":[{"id":"1","status":204},{"id":"0","status":400,"body":{"error":{"code":"Request_BadRequest","message":"One or more added object references already exist for the following modified properties: 'owners'."}}}]}""")
                : GraphStub.Json(System.Net.HttpStatusCode.OK, $$"""{"id":"{{self}}"}""");
        });
        using var directory = (EntraId.TenantDirectory)stub.Connection().Open(TimeProvider.System);
        var write = Create("Mine", owners: [People[0], People[1]]);

        var answer = (await directory.WriteAsync(write, null, CancellationToken.None)).Applied();

        Assert.Equal(2, posts.Count);
        Assert.All(answer.Outcomes, outcome => Assert.Equal(StepStatus.Done, outcome.Status));
        Assert.Equal(write.Steps.Order(), answer.Outcomes.Select(outcome => outcome.Ordinal).Order());
    }

    [Fact]
    public async Task Owners_who_are_sent_after_the_group_are_not_told_as_done_where_nobody_knows_and_settled_one_by_one()
    {
        var self = Guid.NewGuid();
        using var stub = new GraphStub(request => request switch
        {
            { Method: "POST", Path: "/v1.0/groups" } => request.Body.Contains("owners@odata.bind", StringComparison.Ordinal)
                ? GraphStub.Error(400, "Request_BadRequest", "Request contains a property with duplicate values.")
                : GraphStub.Json(System.Net.HttpStatusCode.Created, $$"""{"id":"{{self}}"}"""),
            { Path: "/v1.0/$batch" } => throw new HttpRequestException("cut"),
            { Path: var path } when path.EndsWith("/owners", StringComparison.Ordinal) || path.EndsWith("/members", StringComparison.Ordinal) =>
                GraphStub.Json(System.Net.HttpStatusCode.OK, $$"""{"value":[{"id":"{{People[0]}}"}]}"""),
            _ => GraphStub.Json(System.Net.HttpStatusCode.OK, $$"""{"id":"{{self}}"}"""),
        });
        using var directory = (EntraId.TenantDirectory)stub.Connection().Open(TimeProvider.System);
        var write = Create("Mine", owners: [People[0], People[1]], members: [People[0]]);
        var owners = write.Owners.Select(owner => owner.Step).ToList();

        var answer = (await directory.WriteAsync(write, null, CancellationToken.None)).Applied();
        var settled = (await directory.SettleAsync(write, null, CancellationToken.None)).Applied();

        Assert.All(answer.Outcomes, outcome => Assert.Equal(owners.Contains(outcome.Ordinal) ? StepStatus.Unknown : StepStatus.Done, outcome.Status));
        Assert.All(settled.Outcomes, outcome => Assert.Equal(outcome.Ordinal == owners[1] ? StepStatus.Failed : StepStatus.Done, outcome.Status));
    }

    [Fact]
    public async Task A_group_that_was_made_before_is_found_by_its_mark_whatever_key_Graph_names_first()
    {
        var (self, posts, asked) = (Guid.NewGuid(), 0, 0);
        using var stub = new GraphStub(request => request is { Method: "POST", Path: "/v1.0/groups" }
            ? ++posts == 1 ? throw new HttpRequestException("cut")
                : GraphStub.Error(400, "Request_BadRequest", "Another object with the same value for property mailNickname already exists.")
            : ++asked <= 4 ? GraphStub.Error(404, "Request_ResourceNotFound", "Resource does not exist.")
            : GraphStub.Json(System.Net.HttpStatusCode.OK, $$"""{"id":"{{self}}"}"""));
        using var directory = (EntraId.TenantDirectory)stub.Connection().Open(TimeProvider.System);
        var write = Create("Once", type: "16");

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await directory.WriteAsync(write, null, CancellationToken.None));
        (await directory.SettleAsync(write, null, CancellationToken.None)).Refused<DirectoryError.NotFound>();

        Assert.Equal(self, (await directory.WriteAsync(write, null, CancellationToken.None)).Applied().GroupId);
    }
}

/// <summary>A new group takes a while to be known everywhere.</summary>
public sealed class LaggingTests : GraphWriteTests
{
    internal override Task<GraphTenant> StartAsync() => GraphTenant.StartAsync(
        new EmulatorOptions { People = 0, ReplicationLag = TimeSpan.FromMilliseconds(700) }, quotas: new GraphQuotas { Speed = 10 });

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Eventually.IsAsync(async () => (await Directory.GetObjectsAsync(People, CancellationToken.None)).Value().Count == People.Count);
    }

    [Fact]
    public async Task A_new_group_can_be_read_and_added_to_once_its_making_is_answered()
    {
        var made = (await WriteAsync(Create("Young"))).Applied();

        Assert.NotNull((await Directory.GetGroupAsync(made.GroupId, CancellationToken.None)).Value());
        Assert.Equal(StepStatus.Done, Assert.Single((await MembersAsync(made.GroupId, Add(0, People[0]))).Applied().Outcomes).Status);
    }

    [Fact]
    public async Task Members_are_added_to_a_group_that_another_process_has_just_made()
    {
        var made = (await WriteAsync(Create("Young"))).Applied();
        using var other = (EntraId.TenantDirectory)GraphTenant.Connect(Graph.Emulator, new GraphQuotas { Speed = 1 }).Open(TimeProvider.System);
        var young = Assert.IsType<string>(Objects.Value(made.GroupId, "displayName"));
        Assert.Equal("Young", young);

        var answer = await other.WriteAsync(new DirectoryWrite.ChangeMembers(0, [Add(0, People[0])]), new WriteTarget(made.GroupId, null), CancellationToken.None);

        Assert.Equal(StepStatus.Done, Assert.Single(answer.Applied().Outcomes).Status);
    }
}
