using System.Globalization;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Api.Reading;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>Why a request, or one group of it, was not carried out.</summary>
/// <param name="Http">The status of an answer that says nothing else.</param>
internal sealed record ApiError(int Http, string? ErrorCode, string Message)
{
    public IReadOnlyList<WireException> Exceptions { get; init; } = [];

    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The one table from what can go wrong to HTTP and the envelope.</summary>
internal static class ApiErrors
{
    public static ApiError StoreUnknown(string id) =>
        new(StatusCodes.Status404NotFound, nameof(DirectoryError.NotFound), $"There is no identity store “{id}”.");

    public static ApiError GroupUnknown(string identity) =>
        new(StatusCodes.Status404NotFound, nameof(DirectoryError.NotFound), $"There is no group “{identity}”.");

    public static ApiError GroupAmbiguous(string identity, int count) =>
        new(StatusCodes.Status409Conflict, ErrorCode: null, string.Create(
            CultureInfo.InvariantCulture, $"“{identity}” fits {count} groups. Name the group by its GUID or distinguished name."));

    public static ApiError TooLarge { get; } =
        new(StatusCodes.Status413PayloadTooLarge, ErrorCode: null, $"A request body has at most {RequestBody.MaximumBytes / 1024 / 1024} MB.");

    public static ApiError PlanUnreadable { get; } =
        new(StatusCodes.Status400BadRequest, nameof(DirectoryError.InvalidValue), "plan is true or false.");

    public static ApiError Unreadable(IReadOnlyList<WireProblem> problems) =>
        new(StatusCodes.Status400BadRequest, nameof(DirectoryError.InvalidValue), Sentence(problems.Select(problem => $"{problem.Path}: {problem.Message}")))
        {
            Exceptions = [.. problems.DistinctBy(problem => problem.Path).Select(problem => new WireException(problem.Path, problem.Message))],
        };

    public static ApiError Changed { get; } =
        new(StatusCodes.Status412PreconditionFailed, nameof(DirectoryError.Conflict), "The group is no longer the one that If-Match names.");

    public static ApiError PreviewOfMany { get; } =
        new(StatusCodes.Status400BadRequest, nameof(DirectoryError.InvalidValue), $"{WriteOptions.PreviewHeader} is of one group; send one request for each.");

    /// <summary>The rule, or the group, is no longer what somebody looked at.</summary>
    public static ApiError PreviewChanged(Preview now) => new(
        StatusCodes.Status409Conflict,
        nameof(DirectoryError.Conflict),
        string.Create(
            CultureInfo.InvariantCulture,
            $"Nothing was written: the rule would no longer do what the preview showed. Now {now.Counts.Joining} would join, {now.Counts.Leaving} would leave and {now.Counts.Staying} would stay. Look at a new preview."));

    public static ApiError Denied(string message) => new(StatusCodes.Status403Forbidden, nameof(DirectoryError.AccessDenied), message);

    /// <summary>Problems that make a request impossible: a name that is taken is a conflict, all else cannot be done as it was asked.</summary>
    public static ApiError Impossible(IReadOnlyList<Problem> problems)
    {
        var isTaken = problems.All(problem => problem.Code == "NameTaken");
        return new ApiError(
            isTaken ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity,
            isTaken ? nameof(DirectoryError.AlreadyExists) : nameof(DirectoryError.InvalidValue),
            Sentence(problems.Select(problem => problem.Message)))
        {
            Exceptions = Exceptions(problems.Select(problem => (problem.Field, problem.Message))),
        };
    }

    public static ApiError Of(DirectoryError error) => new(HttpOf(error), error.Code, MessageOf(error))
    {
        RetryAfter = error is DirectoryError.Throttled throttled ? throttled.After : error is DirectoryError.Unavailable ? TimeSpan.FromSeconds(5) : null,
        Exceptions = error.Attribute is { } attribute ? [new WireException(attribute, MessageOf(error))] : [],
    };

    /// <summary>Our sentence with the server's own beside it.</summary>
    public static string MessageOf(DirectoryError error) => error.ServerText is { Length: > 0 } text ? $"{error.Message} ({text})" : error.Message;

    /// <summary>One message per attribute, the first of each with the number of the others.</summary>
    public static IReadOnlyList<WireException> Exceptions(IEnumerable<(string Attribute, string Message)> failures) =>
    [
        .. failures.GroupBy(failure => failure.Attribute, failure => failure.Message, StringComparer.OrdinalIgnoreCase).Select(group =>
        {
            var messages = group.Distinct(StringComparer.Ordinal).ToList();
            return new WireException(group.Key, messages.Count == 1 ? messages[0] : string.Create(
                CultureInfo.InvariantCulture, $"{messages[0]} (and {messages.Count - 1} more)"));
        }),
    ];

    private static int HttpOf(DirectoryError error) => error switch
    {
        DirectoryError.NotFound => StatusCodes.Status404NotFound,
        DirectoryError.AlreadyExists or DirectoryError.Conflict => StatusCodes.Status409Conflict,
        DirectoryError.AccessDenied or DirectoryError.PolicyBlocked => StatusCodes.Status403Forbidden,
        DirectoryError.Throttled => StatusCodes.Status429TooManyRequests,
        DirectoryError.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static string Sentence(IEnumerable<string> messages)
    {
        var all = messages.Distinct(StringComparer.Ordinal).ToList();
        return all.Count <= 5 ? string.Join(' ', all) : string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', all.Take(5))} And {all.Count - 5} more.");
    }
}
