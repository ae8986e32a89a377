using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.EntraId.Reading;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace GroupPortal.EntraId.Services;

/// <summary>
/// Entra ID's own opinion whether a rule takes somebody in (evaluateDynamicMembership). /beta, one member at a time, and only for people
/// who are signed in: an app by itself is refused.
/// </summary>
internal sealed class RuleOpinions(Tenant tenant)
{
    private static readonly Dictionary<string, ParsableFactory<IParsable>> Errors = new(StringComparer.Ordinal) { ["XXX"] = ODataError.CreateFromDiscriminatorValue };

    /// <summary>A rule is at most 3,072 characters long: deeper is no rule.</summary>
    private const int MostDepth = 256;

    public async Task<DirectoryAnswer<RuleOpinion>> AskAsync(Guid member, Guid? group, string? rule, CancellationToken cancellation)
    {
        if (group is null && rule is null)
        {
            throw new ArgumentException("A rule, or a group that has one, is asked about.", nameof(rule));
        }

        var body = rule is null
            ? JsonSerializer.SerializeToUtf8Bytes(new { memberId = member })
            : JsonSerializer.SerializeToUtf8Bytes(new { memberId = member, membershipRule = rule });
        var path = rule is null ? $"/groups/{group:D}/evaluateDynamicMembership" : "/groups/evaluateDynamicMembership";
        var answer = await tenant.AskAsync(
            async (client, token) =>
            {
                var request = new RequestInformation { HttpMethod = Method.POST, URI = new Uri(new Uri(client.RequestAdapter.BaseUrl!), "/beta" + path) };
                request.Headers.Add("Accept", "application/json");
                request.SetStreamContent(new MemoryStream(body), "application/json");
                await using var stream = await client.RequestAdapter.SendPrimitiveAsync<Stream>(request, Errors, token)
                    ?? throw new IOException("Graph answered with nothing.");
                try
                {
                    using var document = await JsonDocument.ParseAsync(stream, new JsonDocumentOptions { MaxDepth = MostDepth }, token);
                    return document.RootElement.Clone();
                }
                catch (JsonException broken)
                {
                    throw new IOException("Graph's answer ended before its end, or is no JSON.", broken);
                }
            },
            cancellation);
        return answer switch
        {
            DirectoryAnswer<JsonElement>.Ok(var said) => Opinion(said),
            DirectoryAnswer<JsonElement>.Failed { Error: DirectoryError.AccessDenied refused } =>
                new DirectoryError.Unsupported { ServerText = refused.ServerText, RequestId = refused.RequestId },
            _ => answer.WhyNot(),
        };
    }

    private static DirectoryAnswer<RuleOpinion> Opinion(JsonElement said) => said.Flag("membershipRuleEvaluationResult") is { } isMember
        ? DirectoryAnswer.Ok(new RuleOpinion(
            isMember, Part(said.Has("membershipRuleEvaluationDetails") ? said.GetProperty("membershipRuleEvaluationDetails") : default, said.Text("membershipRule"), isMember)))
        : new DirectoryError.Other("NoResult");

    private static RuleOpinionPart Part(JsonElement part, string? otherwise, bool result)
    {
        var property = part.Has("propertyToEvaluate") ? part.GetProperty("propertyToEvaluate") : default;
        return new RuleOpinionPart(
            part.Text("expression") ?? otherwise ?? string.Empty,
            part.Flag("expressionResult") ?? result,
            property.Text("propertyName"),
            property.Text("propertyValue"),
            [.. part.Items("expressionEvaluationDetails").Select(one => Part(one, otherwise: null, result: false))]);
    }
}
