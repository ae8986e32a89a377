using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.EntraId.Errors;
using Microsoft.Graph.Models.ODataErrors;

namespace GroupPortal.Directories.Tests.Graph.Errors;

public sealed class GraphErrorsTests
{
    private const string Id = "aaaaaaaa-0000-0000-0000-000000000001";

    /// <summary>All that Graph is known to answer: status, code, message; and what it is here, of which attribute.</summary>
    public static TheoryData<int, string, string, string, string?> Answers => new()
    {
        { 400, "Request_BadRequest", "One or more added object references already exist for the following modified properties: 'members'.", "AlreadyExists", "members" },
        { 400, "Request_BadRequest", "One or more added object references already exist for the following modified properties: 'owners'.", "AlreadyExists", "owners" },
        { 400, "Request_BadRequest", "One or more removed object references do not exist for the following modified properties: 'members'.", "NotFound", "members" },
        { 400, "Request_BadRequest", "The group must have at least one owner, hence this owner cannot be removed.", "PolicyBlocked", "owners" },
        { 400, "Request_BadRequest", "The source resource object or one of the objects being referenced don't exist.", "NotFound", null },
        { 400, "Request_BadRequest", "Another object with the same value for property mailNickname already exists.", "AlreadyExists", "mailNickname" },
        { 400, "Request_BadRequest", "Another object with the same value for property uniqueName already exists.", "AlreadyExists", "uniqueName" },
        { 400, "Request_BadRequest", "The reference of 'members' can only be present once as an add/remove change.", "InvalidValue", "members" },
        { 400, "Request_BadRequest", "Request contains a property with duplicate values.", "InvalidValue", "owners" },
        { 400, "Request_BadRequest", "Cannot Create a mail-enabled security groups and or distribution list.", "Unsupported", "groupType" },
        { 400, "Request_BadRequest", "Invalid value specified for property 'mailNickname' of resource 'Group'.", "InvalidValue", "mailNickname" },
        { 400, "Request_BadRequest", "Invalid value specified for property 'displayName' of resource 'Group'.", "InvalidValue", "displayName" },
        { 400, "Request_BadRequest", "Invalid value specified for property 'groupTypes' of resource 'Group'.", "InvalidValue", "groupType" },
        { 400, "Request_BadRequest", "A value is required for property 'membershipRule' of resource 'Group'.", "InvalidValue", "membershipRule" },
        { 400, "Request_BadRequest", "Dynamic membership rule validation error: Invalid operator -foo.", "InvalidValue", "membershipRule" },
        { 400, "Request_BadRequest", "Property 'colour' does not exist as a declared property or extension property.", "UnknownAttribute", "colour" },
        { 400, "Request_BadRequest", "Property 'mail' is read-only and cannot be set.", "ReadOnlyAttribute", "mail" },
        { 400, "Request_BadRequest", "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.", "PolicyBlocked", null },
        { 400, "Request_UnsupportedQuery", "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'", "Unsupported", null },
        { 400, "BadRequest", "Write requests are only supported on contained entities", "Unsupported", null },
        { 400, "Request_BadRequest", "Something that nobody has seen.", "Other", null },
        { 401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.", "Unavailable", null },
        { 403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.", "AccessDenied", null },
        { 403, "Directory_QuotaExceeded", "Unable to perform operation as '121' would exceed the maximum quota count '100' for forward-link 'owners'.", "PolicyBlocked", "owners" },
        { 403, "Directory_QuotaExceeded", "The directory object quota limit for the Principal has been exceeded.", "PolicyBlocked", null },
        { 404, "Request_ResourceNotFound", $"Resource '{Id}' does not exist or one of its queried reference-property objects are not present.", "NotFound", null },
        { 405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target.", "Unsupported", null },
        { 409, "Request_MultipleObjectsWithSameKeyValue", "Another object with the same value for property uniqueName already exists.", "AlreadyExists", "uniqueName" },
        { 400, "Request_MultipleObjectsWithSameKeyValue", "Another object with the same value for property mailNickname already exists.", "AlreadyExists", "mailNickname" },
        { 503, "Directory_ConcurrencyViolation", "The directory is busy.", "Throttled", null },
        { 500, "Service_InternalServerError", "Encountered an internal server error.", "Unavailable", null },
        { 410, "resyncRequired", "The delta token is too old.", "Conflict", null },
        { 400, "syncStateNotFound", "No sync state.", "Conflict", null },
        { 412, "PreconditionFailed", "ETag", "Conflict", null },
        { 424, "FailedDependency", "Failed Dependency", "Unavailable", null },
        { 429, "TooManyRequests", "Too Many Requests", "Throttled", null },
        { 500, "", "", "Unavailable", null },
        { 503, "ServiceUnavailable", "", "Unavailable", null },
        { 504, "", "", "Unavailable", null },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Each_answer_is_one_error_of_one_attribute(int status, string code, string message, string error, string? attribute)
    {
        var inner = GraphErrors.Of(new GraphFailure(status, code, message) { RequestId = "request-7" });

        Assert.Equal((error, attribute), (inner.Code, inner.Attribute));
        Assert.Equal((message, "request-7"), (inner.ServerText, inner.RequestId));
        Assert.DoesNotContain("Graph.", inner.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PropertyConflict", "mailNickname", "AlreadyExists")]
    [InlineData("ObjectConflict", "mailNickname", "AlreadyExists")]
    [InlineData("ContainsBlockedWord", "displayName", "PolicyBlocked")]
    [InlineData("MissingPrefixSuffix", "displayName", "PolicyBlocked")]
    public void What_the_naming_policy_says_is_told_of_the_property_at_fault(string code, string target, string error)
    {
        var decoded = GraphErrors.Of(new GraphFailure(422, "Request_UnprocessableEntity", "Property validation failed.") { DetailCode = code, Target = target });

        Assert.Equal((error, target), (decoded.Code, decoded.Attribute));
    }

    [Fact]
    public void The_SDKs_error_and_a_batchs_are_read_alike()
    {
        var fromSdk = GraphFailure.Of(
            new ODataError
            {
                ResponseStatusCode = 429,
                ResponseHeaders = new Dictionary<string, IEnumerable<string>>(StringComparer.OrdinalIgnoreCase) { ["Retry-After"] = ["7"] },
                Error = new MainError
                {
                    Code = "Request_X", Message = $"Resource '{Id}'", InnerError = new InnerError { RequestId = "request-7" },
                    Details = [new ErrorDetails { Target = "mailNickname", Code = "PropertyConflict" }],
                },
            },
            TimeProvider.System);
        using var body = JsonDocument.Parse(
            """{"error":{"code":"Request_X","message":"Resource 'ID'","details":[{"target":"mailNickname","code":"PropertyConflict"}],"innererror":{"request-id":"request-7"}}}"""
                .Replace("ID", Id, StringComparison.Ordinal));
        var fromBatch = GraphFailure.Of(
            429, new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["retry-after"] = "7" }, body.RootElement, TimeProvider.System);

        Assert.Equal(fromSdk, fromBatch);
        Assert.Equal((Guid.Parse(Id), TimeSpan.FromSeconds(7)), (fromBatch.NamedId, fromBatch.RetryAfter));
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<DirectoryError.Throttled>(GraphErrors.Of(fromBatch)).After);
    }

    [Fact]
    public void An_answer_without_a_body_is_read_too() =>
        Assert.Equal("HTTP 502", GraphFailure.Of(502, new Dictionary<string, string?>(), null, TimeProvider.System).Message);

    [Fact]
    public void Every_sentence_of_ours_is_there() =>
        Assert.All(
            new[] { "NoToken", "OwnerQuota", "Quota", "LastOwner", "Synchronised", "NamingPolicy", "DistributionGroup", "TypeIsForGood", "TeamLater", "TeamOwner", "SystemIdentity" },
            key => Assert.True(Texts.Has("Graph." + key), key));
}
