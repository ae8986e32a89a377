using System.Globalization;
using System.Text;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Criteria;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Api;

/// <summary>A list of a preview as a file for spreadsheets (RFC 4180), streamed in portions.</summary>
internal static class RuleDownload
{
    private const int PortionSize = 1_000;

    public static string PathOf(Guid id) => string.Create(CultureInfo.InvariantCulture, $"/rules/effect/{id:D}.csv");

    public static void MapRuleDownload(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/rules/effect/{id:guid}.csv", AnswerAsync);

    private static async Task AnswerAsync(
        Guid id, HttpContext context, RuleExports exports, PreviewService previews, StoreRegistry stores, IStringLocalizer<RuleText> texts)
    {
        var cancellation = context.RequestAborted;
        var person = CurrentPerson.PersonOf(context.User);
        if (!exports.TryGet(id, out var export) || !stores.TryGet(export.StoreId, out var directory)
            || !string.Equals(export.Account, person.Account, StringComparison.OrdinalIgnoreCase))
        {
            // Somebody else's list is as good as none.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Worked out once: pages of several moments would hold some people twice and others not at all.
        var query = previews.SeenBy(export.StoreId, person.Role).Of(export.Query);
        if (await previews.ListAsync(export.StoreId, query, cancellation) is not { } list)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"rule-effect.csv\"";
        context.Response.Headers.CacheControl = "no-store";
        // The mark of byte order tells spreadsheets that it is UTF-8.
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync(PlanDownload.Line(
            [texts["Export_Effect"], texts["List_Name"], .. query.Attributes.Select(name => CriteriaWords.LabelOf(directory.Vocabulary, name)), texts["Export_Exception"], "DN", "Id"]));
        foreach (var portion in list.Chunk(PortionSize))
        {
            if (previews.ValuesOf(export.StoreId, portion, query.Attributes) is not { } members)
            {
                // A list that ends early must not pass for a whole one.
                context.Abort();
                return;
            }

            foreach (var member in members)
            {
                await writer.WriteAsync(LineOf(member, query.Attributes, texts));
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    internal static string LineOf(PreviewMember member, IReadOnlyList<string> attributes, IStringLocalizer<RuleText> texts) => PlanDownload.Line(
    [
        texts[$"Standing_{member.Standing}"],
        member.Label,
        .. attributes.Select(name => member.Values.TryGetValue(name, out var values) ? string.Join(" | ", values) : null),
        member.IsExcepted ? texts["List_Excepted"].Value : null,
        member.Dn,
        member.Id.ToString("D"),
    ]);
}
