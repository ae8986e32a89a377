using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using GroupPortal.EntraId.Requests;
using Microsoft.Kiota.Abstractions;

namespace GroupPortal.EntraId.Errors;

/// <summary>
/// What Graph answers, decoded once. Code and status decide, the message only where a code is shared: Graph's texts are not for people and
/// may change, its codes are few and general.
/// </summary>
internal static partial class GraphErrors
{
    private static readonly DirectoryError.InvalidValue Invalid = new();
    private static readonly DirectoryError.AlreadyExists Exists = new();
    private static readonly DirectoryError.NotFound Missing = new();
    private static readonly DirectoryError.AccessDenied Denied = new();
    private static readonly DirectoryError.PolicyBlocked Forbidden = new();
    private static readonly DirectoryError.Unsupported Unsupported = new();
    private static readonly DirectoryError.ReadOnlyAttribute ReadOnly = new();
    private static readonly DirectoryError.UnknownAttribute Unknown = new();
    private static readonly DirectoryError.Unavailable Away = new();
    private static readonly DirectoryError.Throttled Later = new(TimeSpan.FromSeconds(1));

    /// <summary>The first row that fits decides; null fits everything.</summary>
    private static readonly Row[] Table =
    [
        new(429, null, null, Later),
        new(null, "Directory_ConcurrencyViolation", null, Later),
        new(null, "TooManyRequests", null, Later),
        new(null, "Service_InternalServerError", null, Away),
        new(401, null, null, Away, Detail: "Graph.NoToken"),
        new(410, null, null, DirectoryError.Conflict.Unknown),
        new(null, "resyncRequired", null, DirectoryError.Conflict.Unknown),
        new(null, "syncStateNotFound", null, DirectoryError.Conflict.Unknown),
        new(412, null, null, DirectoryError.Conflict.Unknown),
        new(424, null, null, Away),

        new(null, "Directory_QuotaExceeded", "'owners'", Forbidden, AttributeNames.Owners, "Graph.OwnerQuota"),
        new(null, "Directory_QuotaExceeded", null, Forbidden, Detail: "Graph.Quota"),
        new(null, "Request_MultipleObjectsWithSameKeyValue", null, Exists),
        new(null, "Request_UnsupportedQuery", null, Unsupported),
        new(null, null, "on-premises mastered", Forbidden, Detail: "Graph.Synchronised"),
        new(403, null, null, Denied),
        new(404, null, null, Missing),
        new(405, null, null, Unsupported),
        new(409, null, null, Exists),

        new(422, null, null, Exists, DetailCode: "PropertyConflict"),
        new(422, null, null, Exists, DetailCode: "ObjectConflict"),
        new(422, null, null, Forbidden, Detail: "Graph.NamingPolicy"),

        new(400, null, "object references already exist", Exists),
        new(400, null, "object references do not exist", Missing),
        new(400, null, "at least one owner", Forbidden, AttributeNames.Owners, "Graph.LastOwner"),
        new(400, null, "objects being referenced don't exist", Missing),
        new(400, null, "objects being referenced do not exist", Missing),
        new(400, null, "Another object with the same value", Exists),
        new(400, null, "only be present once", Invalid),
        new(400, null, "property with duplicate values", Invalid, AttributeNames.Owners),
        new(400, null, "mail-enabled security groups", Unsupported, AttributeNames.GroupType, "Graph.DistributionGroup"),
        new(400, null, "contained entities", Unsupported),
        new(400, null, "Invalid object type for member", Invalid, AttributeNames.Members),
        new(400, null, "member of itself", Invalid, AttributeNames.Members, "Write.MemberIsSelf"),
        new(400, null, "for the 'owners' reference", Invalid, AttributeNames.Owners),
        new(400, null, "does not exist as a declared property", Unknown),
        new(400, null, "Could not find a property named", Unknown),
        new(400, null, "is read-only", ReadOnly),
        new(400, null, "cannot be changed after", ReadOnly),
        new(400, null, "rule", Invalid, AttributeNames.MembershipRule),
        new(400, null, "roperty '", Invalid),
    ];

    public static DirectoryError Of(ApiException fault) => Of(GraphFailure.Of(fault, TimeProvider.System));

    /// <summary>The text stands in <see cref="DirectoryError.ServerText"/> as it came, the request's id beside it for support.</summary>
    public static DirectoryError Of(GraphFailure failure)
    {
        var row = Array.Find(Table, row => row.Fits(failure));
        var error = row?.Error switch
        {
            DirectoryError.Throttled => new DirectoryError.Throttled(failure.RetryAfter ?? Later.After),
            { } known => known,
            null when failure.Status >= 500 => Away,
            null => new DirectoryError.Other(failure.Code.Length > 0 ? failure.Code : failure.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        return error with
        {
            Attribute = row?.Attribute ?? AttributeOf(failure),
            Detail = row?.Detail is { } key ? Texts.Format(key) : null,
            ServerText = failure.Message,
            RequestId = failure.RequestId,
        };
    }

    /// <summary>The references were there before: what was to be done has been done, of some of them at least.</summary>
    public static bool IsAlreadyThere(GraphFailure failure) => failure.Status == 400 && failure.Says("object references already exist");

    /// <summary>The references were gone before.</summary>
    public static bool IsAlreadyGone(GraphFailure failure) => failure.Status == 400 && failure.Says("object references do not exist");

    /// <summary>What is told of a group that is too young to be known everywhere, and of references that lead nowhere.</summary>
    public static bool IsNotFoundYet(GraphFailure failure) =>
        failure.Status == 404 || (failure.Status == 400 && failure.Says("objects being referenced do"));

    /// <summary>Somebody names himself an owner of what he creates.</summary>
    public static bool IsCreatorAsOwner(GraphFailure failure) => failure.Status == 400 && failure.Says("property with duplicate values");

    /// <summary>Whether no answer came at all; a cancellation by the caller is not that.</summary>
    public static bool IsUnreachable(Exception fault, CancellationToken cancellation) =>
        fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);

    public static DirectoryError Unreachable(Exception fault) => new DirectoryError.Unavailable
    {
        ServerText = fault.Message,
        Detail = fault is RequestNotSentException { IsSignIn: true } ? Texts.Format("Graph.NoToken") : null,
    };

    private static string? AttributeOf(GraphFailure failure)
    {
        var named = failure.Target is { Length: > 0 } target ? target
            : PropertyPart().Match(failure.Message) is { Success: true } found ? found.Groups["name"].Value
            : null;
        return named switch
        {
            null => null,
            // The kind of a group is these three there, and one attribute here.
            "groupTypes" or "mailEnabled" or "securityEnabled" => AttributeNames.GroupType,
            _ => named.Split('@')[0],
        };
    }

    [GeneratedRegex("(([Pp]ropert(y|ies):?|named|reference of) '|same value for property )(?<name>[A-Za-z][A-Za-z0-9_@.]*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PropertyPart();

    /// <summary>One line of the table.</summary>
    /// <param name="Words">What the message has to say.</param>
    /// <param name="Attribute">The attribute at fault, as plans call it; null for the one that the answer names.</param>
    /// <param name="Detail">The key of a sentence of our own.</param>
    private sealed record Row(
        int? Status, string? Code, string? Words, DirectoryError Error, string? Attribute = null, string? Detail = null, string? DetailCode = null)
    {
        public bool Fits(GraphFailure failure) =>
            (Status is null || Status == failure.Status)
            && (Code is null || string.Equals(Code, failure.Code, StringComparison.OrdinalIgnoreCase))
            && (Words is null || failure.Says(Words))
            && (DetailCode is null || string.Equals(DetailCode, failure.DetailCode, StringComparison.OrdinalIgnoreCase));
    }
}
