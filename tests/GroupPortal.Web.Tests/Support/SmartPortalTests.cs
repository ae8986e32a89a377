using AngleSharp.Dom;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Support;

/// <summary>Pages about smart groups over the real services; only whom a rule selects is the test's own list.</summary>
public abstract class SmartPortalTests : PortalComponentTests, ISmartEvaluator
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    protected static readonly Person Ada = new("ada", "Ada Winter", PortalRole.Administrator);
    protected static readonly Person Hal = new("hal", "Hal Helpdesk", PortalRole.Helpdesk);
    protected static readonly Person Uma = new("uma", "Uma Devi", PortalRole.User);

    protected SmartPortalTests(SampleStores stores)
        : base(stores) => Services.AddSingleton<ISmartEvaluator>(this);

    /// <summary>Whom every rule selects.</summary>
    internal IReadOnlyList<DirectoryObject> Matching { get; set; } = [];

    protected SmartUpdates Updates => Services.GetRequiredService<SmartUpdates>();

    protected HeldPlans Held => Services.GetRequiredService<HeldPlans>();

    Task<SmartEvaluation> ISmartEvaluator.EvaluateAsync(int storeId, Guid? groupId, SmartRule rule, CancellationToken cancellation) =>
        Task.FromResult<SmartEvaluation>(new SmartEvaluation.Ok(
            Matching.ToDictionary(one => one.Id, one => new SelectedObject(one.Id, one.Kind, one.Label, one.Dn)), Clock.GetUtcNow()));

    IReadOnlyDictionary<Guid, StepTarget> ISmartEvaluator.Describe(int storeId, IReadOnlyCollection<Guid> ids) => new Dictionary<Guid, StepTarget>();

    internal async Task<IReadOnlyList<DirectoryObject>> PeopleAsync(int count) =>
        Found(await Stores.Ad.FindAsync(new ObjectQuery("", [ObjectKind.User], count), CancellationToken.None));

    /// <summary>A new smart group without members.</summary>
    protected async Task<Guid> CreateAsync(string name, Person? by = null)
    {
        var service = Services.GetRequiredService<GroupService>();
        var requester = new Requester(by ?? Ada, "browser");
        var request = new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = name,
            Attributes = [new(Core.Groups.AttributeNames.Criteria, ChangeMode.Set, ["(department Present)"])],
        };
        var plan = Assert.IsType<PlanAnswer.Planned>(await service.PlanAsync(2, request, requester, CancellationToken.None)).Plan;
        Assert.IsType<ApplyAnswer.Started>(await service.ApplyAsync(plan.Id, requester, null, CancellationToken.None));
        return (await service.WaitAsync(plan.Id, CancellationToken.None)).GroupId!.Value;
    }

    protected async Task<TaskInfo> UpdateAsync(Guid group, Person? by = null)
    {
        var answers = await Updates.StartAsync(2, [group], new Requester(by ?? Ada, "browser"), CancellationToken.None);
        return (await Updates.WaitAsync(2, Assert.IsType<UpdateAnswer.Started>(Assert.Single(answers)).TaskId, CancellationToken.None))!;
    }

    /// <summary>A group whose update is held: it would lose everybody and get one.</summary>
    protected async Task<Guid> HoldAsync(string name, Person? by = null)
    {
        var people = await PeopleAsync(13);
        Matching = [.. people.Take(12)];
        var id = await CreateAsync(name, by);
        Assert.Equal(TaskOutcome.Applied, (await UpdateAsync(id, by)).Outcome);
        Matching = [people[12]];
        Assert.Equal(TaskOutcome.Held, (await UpdateAsync(id, by)).Outcome);
        return id;
    }

    /// <summary>What an element says, its pieces apart, as the page shows them.</summary>
    protected static string Words(IElement element) =>
        string.Join(' ', element.Descendants<IText>().SelectMany(text => text.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
