using System.Buffers;
using System.Globalization;
using System.Text;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Results;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Results;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Api;

/// <summary>The lines of a plan as a file for spreadsheets (RFC 4180), streamed page by page.</summary>
internal static class PlanDownload
{
    private const int PageSize = 1_000;

    private static readonly SearchValues<char> Separators = SearchValues.Create(",;\"\r\n\t");

    public static void MapPlanDownload(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/plans/{id:guid}.csv", AnswerAsync);

    /// <summary>Whose plan it is; and helpdesk and administrators, who see everybody's history.</summary>
    public static bool MayRead(PlanResult plan, Person person) => MayRead(plan.Account, person);

    /// <summary>
    /// One field. What a spreadsheet would take for a formula (by its first sign, also a wide one) gets an apostrophe before it, so that a group's name cannot
    /// compute anything on the desk of whoever opens the file. So does what follows a semicolon, a tab or a line break: where lists are written
    /// with semicolons, a new cell begins there, quoted or not.
    /// </summary>
    internal static string Field(string? text)
    {
        var value = text ?? "";
        var safe = new StringBuilder(value.Length + 1);
        var isFirst = true;
        foreach (var character in value)
        {
            if (isFirst && character is '=' or '+' or '-' or '@' or '|' or '\0' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20')
            {
                safe.Append('\'');
                isFirst = false;
            }
            else if (safe.Length == 0 && character is '\t' or '\r' or '\n')
            {
                safe.Append('\'');
            }

            safe.Append(character);
            isFirst = character is ';' or '\t' or '\r' or '\n' || (isFirst && character is ' ' or '"' or '\u00a0');
        }

        return value.AsSpan().IndexOfAny(Separators) < 0 ? safe.ToString() : $"\"{safe.Replace("\"", "\"\"")}\"";
    }

    private static bool MayRead(string account, Person person) =>
        person.Role is PortalRole.Administrator or PortalRole.Helpdesk || string.Equals(account, person.Account, StringComparison.OrdinalIgnoreCase);

    private static async Task AnswerAsync(Guid id, HttpContext context, GroupService service, IStringLocalizer<PagesText> texts)
    {
        var cancellation = context.RequestAborted;
        var plan = await service.GetAsync(id, cancellation);
        if (plan is null || !MayRead(plan, CurrentPerson.PersonOf(context.User)))
        {
            // Somebody else's plan is as good as none.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"plan-{id:D}.csv\"");
        context.Response.Headers.CacheControl = "no-store";
        // The mark of byte order tells spreadsheets that it is UTF-8.
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        await writer.WriteAsync(Line("attribute", "object", "from", "to", "action", "status", "reason", "error", "server"));
        for (var skip = 0; ; skip += PageSize)
        {
            var page = await service.GetRowsAsync(id, new RowFilter(), skip, PageSize, cancellation);
            foreach (var row in page.Items)
            {
                await writer.WriteAsync(LineOf(row, plan.State, texts));
            }

            if (page.Items.Count < PageSize)
            {
                return;
            }
        }
    }

    private static string LineOf(PlanRow row, PlanState state, IStringLocalizer<PagesText> texts) => Line(
        row.Step.Path,
        row.Step.Target?.Dn,
        string.Join('\n', row.Step.Before),
        string.Join('\n', row.Step.After),
        texts[$"Action_{row.Step.Action}"],
        texts.StatusWord(row.Status, state),
        row.Message,
        row.ErrorCode,
        row.Outcome?.Error?.ServerText);

    internal static string Line(params ReadOnlySpan<string?> fields)
    {
        var line = new StringBuilder();
        for (var index = 0; index < fields.Length; index++)
        {
            line.Append(index == 0 ? "" : ",").Append(Field(fields[index]));
        }

        return line.Append("\r\n").ToString();
    }
}
