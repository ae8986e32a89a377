namespace GroupPortal.GraphEmulation.Http;

/// <summary>Graph's errors in Graph's words.</summary>
internal static class Errors
{
    public static GraphError BadRequest(string message) => new(400, "Request_BadRequest", message);

    /// <summary>Refused before it reached the directory: the URL is wrong.</summary>
    public static GraphError BadUrl(string message) => new(400, "BadRequest", message);

    public static GraphError UnsupportedQuery(string message) => new(400, "Request_UnsupportedQuery", message);

    /// <summary>Does not say which of the objects it is.</summary>
    public static GraphError NotFound(string id) => new(
        404, "Request_ResourceNotFound", $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphError SourceOrReferenceMissing() =>
        BadRequest("The source resource object or one of the objects being referenced don't exist.");

    public static GraphError Denied() => new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphError AlreadyThere(string links) =>
        BadRequest($"One or more added object references already exist for the following modified properties: '{links}'.");

    public static GraphError AlreadyGone(string links) =>
        BadRequest($"One or more removed object references do not exist for the following modified properties: '{links}'.");

    public static GraphError NotContained() => BadUrl("Write requests are only supported on contained entities");

    public static GraphError InvalidValue(string property, string resource) =>
        BadRequest($"Invalid value specified for property '{property}' of resource '{resource}'.");

    public static GraphError QuotaExceeded(int wanted, int most, string links) => new(
        403,
        "Directory_QuotaExceeded",
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"Unable to perform operation as '{wanted}' would exceed the maximum quota count '{most}' for forward-link '{links}'."));
}
