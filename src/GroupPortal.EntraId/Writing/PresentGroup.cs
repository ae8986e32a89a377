using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace GroupPortal.EntraId.Writing;

/// <summary>What stands of a group right now: the values that a write is about to change.</summary>
internal sealed class PresentGroup
{
    private const string Dynamic = "DynamicMembership";
    private readonly JsonElement _values;

    private PresentGroup(JsonElement values) => _values = values;

    public IReadOnlyList<string> Types => Texts("groupTypes");

    public bool IsDynamic => Types.Contains(Dynamic, StringComparer.OrdinalIgnoreCase);

    public bool IsTeam => Texts("resourceProvisioningOptions").Contains("Team", StringComparer.OrdinalIgnoreCase);

    /// <summary>The ids of the SKUs that it gives its members.</summary>
    public HashSet<Guid> Licences => _values.TryGetProperty(AttributeNames.Licences, out var licences) && licences.ValueKind == JsonValueKind.Array
        ? [.. licences.EnumerateArray().Select(licence => licence.GetProperty("skuId").GetGuid())]
        : [];

    public static async Task<DirectoryAnswer<PresentGroup?>> ReadAsync(
        GraphWrites writes, Guid group, IEnumerable<string> attributes, CancellationToken cancellation)
    {
        var select = attributes
            .SelectMany(attribute => string.Equals(attribute, AttributeNames.GroupType, StringComparison.OrdinalIgnoreCase)
                ? ["groupTypes", "mailEnabled", "securityEnabled", "resourceProvisioningOptions"]
                : new[] { attribute })
            .Prepend("id")
            .Distinct(StringComparer.OrdinalIgnoreCase);
        var reply = await writes.SendAsync(group, async (client, token) =>
        {
            var request = client.Groups[group.ToString("D")].ToGetRequestInformation(options => options.QueryParameters.Select = [.. select]);
            var errors = new Dictionary<string, ParsableFactory<IParsable>> { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
            await using var stream = await client.RequestAdapter.SendPrimitiveAsync<Stream>(request, errors, token)
                ?? throw new RequestUnansweredException("The answer is empty.", inner: null);
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: token);
            return new PresentGroup(document.RootElement.Clone());
        }, cancellation);
        return reply switch
        {
            { Value: { } found } => DirectoryAnswer.Ok<PresentGroup?>(found),
            { Failure.Status: 404 } => DirectoryAnswer.Ok<PresentGroup?>(null),
            { Failure: { } failure } => GraphErrors.Of(failure),
            _ => reply.NotSent ?? reply.Lost ?? new DirectoryError.Unavailable(),
        };
    }

    /// <summary>As the port has them; empty for what is not set.</summary>
    public IReadOnlyList<string> Values(string attribute)
    {
        if (string.Equals(attribute, AttributeNames.GroupType, StringComparison.OrdinalIgnoreCase))
        {
            return [TypeOf().Text()];
        }

        // A rule that no longer decides anything is none.
        if (IsOfRule(attribute) && !IsDynamic)
        {
            return [];
        }

        return Texts(attribute);
    }

    public static bool IsOfRule(string attribute) =>
        string.Equals(attribute, AttributeNames.MembershipRule, StringComparison.OrdinalIgnoreCase)
        || string.Equals(attribute, AttributeNames.RuleProcessing, StringComparison.OrdinalIgnoreCase);

    private EntraGroupType TypeOf() =>
        Types.Contains("Unified", StringComparer.OrdinalIgnoreCase) ? (IsTeam ? EntraGroupType.Teams : EntraGroupType.Microsoft365)
        : Texts("mailEnabled") is ["true"] ? EntraGroupType.Distribution
        : EntraGroupType.Security;

    private IReadOnlyList<string> Texts(string name) => !_values.TryGetProperty(name, out var value) ? [] : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? [text] : [],
        JsonValueKind.True => ["true"],
        JsonValueKind.False => ["false"],
        JsonValueKind.Number => [value.GetRawText()],
        JsonValueKind.Array => [.. value.EnumerateArray().Select(item => item.ToString())],
        _ => [],
    };
}
