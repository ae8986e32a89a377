using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.EntraId.Reading;

namespace GroupPortal.EntraId.Services;

/// <summary>
/// What there is of one group beside its attributes: the group, then everything that applies to it, in one batch; at most three
/// requests on the wire. Each part is behind a permission of its own: one that the app has not hides that part and nothing else.
/// </summary>
internal sealed class GroupDetails(Tenant tenant, GraphReader graph)
{
    private static readonly IReadOnlyList<string> Selected =
    [
        "id", "mail", "mailNickname", .. ObjectKinds.OfGroupType, AttributeNames.MembershipRule, AttributeNames.RuleProcessing, AttributeNames.Licences,
        "expirationDateTime", AttributeNames.Renewed, "onPremisesSyncEnabled", "onPremisesDomainName", "onPremisesSamAccountName",
        "onPremisesSecurityIdentifier", "onPremisesLastSyncDateTime",
    ];

    public async Task<DirectoryAnswer<TenantGroup?>> ReadAsync(Guid id, CancellationToken cancellation)
    {
        var answer = await graph.GetAsync(new GraphQuery($"/groups/{id:D}") { Select = Selected }, cancellation);
        if (answer is not DirectoryAnswer<JsonElement>.Ok(var group))
        {
            return answer is DirectoryAnswer<JsonElement>.Failed { Error: DirectoryError.NotFound } ? DirectoryAnswer.Ok<TenantGroup?>(null) : answer.WhyNot();
        }

        var questions = Questions(id, group);
        var beta = BetaAsync(id, group, cancellation);
        var answers = questions.Count == 0 ? [] : await graph.BatchAsync([.. questions.Values], cancellation);
        var parts = questions.Keys.Zip(answers, (part, said) => (part, said)).ToDictionary(one => one.part, one => one.said);
        return DirectoryAnswer.Ok<TenantGroup?>(Details(id, group, part => parts.TryGetValue(part, out var said) ? Value(said) : null, Value(await beta)));
    }

    private static Dictionary<Part, GraphQuery> Questions(Guid id, JsonElement group)
    {
        var questions = new Dictionary<Part, GraphQuery>();
        if (ObjectValues.GroupTypeOf(group).IsUnified())
        {
            questions.Add(Part.Site, new GraphQuery($"/groups/{id:D}/sites/root") { Select = ["webUrl"] });
            questions.Add(Part.Plans, new GraphQuery($"/groups/{id:D}/planner/plans"));
            questions.Add(Part.Settings, new GraphQuery($"/groups/{id:D}/settings"));
            questions.Add(Part.OwnPolicies, new GraphQuery($"/groups/{id:D}/groupLifecyclePolicies"));
            questions.Add(Part.Policies, ExpirationPolicies.Question);
        }

        if (ObjectValues.GroupTypeOf(group) == EntraGroupType.Teams)
        {
            questions.Add(Part.Team, new GraphQuery($"/groups/{id:D}/team") { Select = ["webUrl"] });
        }

        if (group.Items(AttributeNames.Licences).Any())
        {
            questions.Add(Part.Licences, LicenceReader.Question);
            questions.Add(Part.LicenceErrors, new GraphQuery($"/groups/{id:D}/membersWithLicenseErrors") { Select = ["id"], Top = 1 });
        }

        return questions;
    }

    /// <summary>A group is dynamic or comes from Active Directory, never both; what is told of either is told by /beta only.</summary>
    private Task<DirectoryAnswer<JsonElement>> BetaAsync(Guid id, JsonElement group, CancellationToken cancellation) =>
        ObjectValues.IsDynamic(group)
            ? graph.GetAsync(new GraphQuery($"/groups/{id:D}") { Select = ["membershipRuleProcessingStatus"], IsBeta = true }, cancellation)
            : Origin(group, default) is not null
                ? graph.GetAsync(new GraphQuery($"/groups/{id:D}/onPremisesSyncBehavior") { Select = ["isCloudManaged"], IsBeta = true }, cancellation)
                : Task.FromResult(DirectoryAnswer.Failed<JsonElement>(new DirectoryError.NotFound()));

    private TenantGroup Details(Guid id, JsonElement group, Func<Part, JsonElement?> part, JsonElement? beta) => new(id)
    {
        Processing = ObjectValues.IsDynamic(group) ? Processing(group, beta ?? default) : null,
        Origin = Origin(group, beta ?? default),
        Licences = Licences(group, part(Part.Licences) ?? default),
        HasLicenceErrors = group.Items(AttributeNames.Licences).Any() ? part(Part.LicenceErrors)?.Items().Any() : false,
        Expires = group.Time("expirationDateTime"),
        Renewed = group.Time(AttributeNames.Renewed),
        IsNamedByExpirationPolicy = part(Part.Policies) is { } policies && part(Part.OwnPolicies) is { } own
            && ExpirationPolicies.Of(policies) is { Groups: ExpiringGroups.Selected }
                ? own.Items().Any()
                : null,
        Settings = [.. (part(Part.Settings) ?? default).Items().SelectMany(setting => setting.Items("values"))
            .Where(value => value.Text("name") is not null)
            .Select(value => KeyValuePair.Create(value.Text("name")!, value.Text("value") ?? string.Empty))],
        Links = ObjectValues.GroupTypeOf(group).IsUnified()
            ? ResourceLinks.Of(
                new Uri(tenant.Client.RequestAdapter.BaseUrl!).Host, group.Text("mail"), Address(part(Part.Site)), Address(part(Part.Team)),
                (part(Part.Plans) ?? default).Items().Select(plan => plan.Text("id")).FirstOrDefault(plan => plan is not null))
            : [],
    };

    /// <summary>Lists of words grow with time: one that is new here is as if nothing had been said.</summary>
    private static RuleProcessing Processing(JsonElement group, JsonElement beta)
    {
        var status = beta.Has("membershipRuleProcessingStatus") ? beta.GetProperty("membershipRuleProcessingStatus") : default;
        return new RuleProcessing(
            !string.Equals(group.Text(AttributeNames.RuleProcessing), "Paused", StringComparison.OrdinalIgnoreCase),
            status.Text("status") is { } text && !char.IsAsciiDigit(text[0]) && Enum.TryParse<RuleProcessingStatus>(text, ignoreCase: true, out var known)
                ? known
                : RuleProcessingStatus.Unknown,
            status.Time("lastMembershipUpdated"),
            status.Text("errorMessage"));
    }

    /// <summary>Also of a group that was synchronised once: its names from there stay.</summary>
    private static OnPremisesOrigin? Origin(JsonElement group, JsonElement beta)
    {
        var (domain, account, sid) = (group.Text("onPremisesDomainName"), group.Text("onPremisesSamAccountName"), group.Text("onPremisesSecurityIdentifier"));
        return group.Flag("onPremisesSyncEnabled") is null && domain is null && account is null && sid is null
            ? null
            : new OnPremisesOrigin(
                group.Flag("onPremisesSyncEnabled") == true && beta.Flag("isCloudManaged") != true, domain, account, sid, group.Time("onPremisesLastSyncDateTime"));
    }

    private static List<Licence> Licences(JsonElement group, JsonElement bought)
    {
        var known = LicenceReader.Of(bought).DistinctBy(licence => licence.Sku).ToDictionary(licence => licence.Sku);
        return
        [
            .. group.Items(AttributeNames.Licences)
                .Select(licence => Guid.TryParse(licence.Text("skuId"), out var sku) ? sku : Guid.Empty)
                .Where(sku => sku != Guid.Empty)
                .Select(sku => known.GetValueOrDefault(sku) ?? new Licence(sku, sku.ToString("D"), null, null)),
        ];
    }

    private static JsonElement? Value(DirectoryAnswer<JsonElement> answer) => answer is DirectoryAnswer<JsonElement>.Ok(var value) ? value : null;

    private static Uri? Address(JsonElement? item) => (item ?? default).Text("webUrl") is { } text && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme == Uri.UriSchemeHttps ? address : null;

    private enum Part
    {
        Site,
        Team,
        Plans,
        Settings,
        Policies,
        OwnPolicies,
        Licences,
        LicenceErrors,
    }
}
