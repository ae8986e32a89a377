using System.Globalization;
using System.Text.Json;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>How a task goes: state and counts, and who came, who went and what failed, by page.</summary>
internal sealed class TaskApi(StoreRegistry stores, SmartUpdates updates, GroupService groups)
{
    private const int MostPerPage = 1000;
    private const int PerPage = 100;

    public async Task GetAsync(HttpContext context, string identityStoreId, string taskId)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call)
        {
            return;
        }

        if (PageOf(context.Request.Query["pageNo"], 1, int.MaxValue / MostPerPage) is not { } page || PageOf(context.Request.Query["pageSize"], PerPage, MostPerPage) is not { } size)
        {
            await Answers.WriteAsync(context, new ApiError(
                StatusCodes.Status400BadRequest, nameof(DirectoryError.InvalidValue), $"pageNo counts from 1, pageSize from 1 to {MostPerPage}."));
            return;
        }

        var task = long.TryParse(taskId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await updates.FindAsync(call.Store.Id, id, call.Cancellation)
            : null;
        if (task is null)
        {
            await Answers.WriteAsync(context, new ApiError(StatusCodes.Status404NotFound, nameof(DirectoryError.NotFound), $"There is no task “{taskId}”."));
            return;
        }

        // Who came and went is told to those who may see to the group, and to who asked.
        var rows = task.PlanId is { } plan && await updates.MayReadAsync(task, call.Requester.Person, call.Cancellation)
            ? (await groups.GetRowsAsync(plan, new RowFilter(Path: AttributeNames.Members), (page - 1) * size, size, call.Cancellation)).Items
            : [];
        await using var writer = WireWriter.Begin(context, StatusCodes.Status200OK);
        Write(writer.Json, task, rows, page, size);
    }

    private static void Write(Utf8JsonWriter json, TaskInfo task, IReadOnlyList<PlanRow> rows, int page, int size)
    {
        json.WriteStartObject();
        json.WriteNumber("taskID", task.Id);
        json.WriteString("clientID", task.RunId);
        json.WriteString("kind", task.Kind.ToString());
        json.WriteString("state", task.State.ToString());
        json.WriteString("outcome", task.Outcome.ToString());
        json.WriteNumber("status", (int)StatusOf(task.Outcome));
        json.WriteString("message", task.Message);
        json.WriteString("errorCode", task.ErrorCode);
        json.WriteString("groupID", task.GroupId);
        json.WriteString("groupName", task.GroupName);
        json.WriteString("planID", task.PlanId?.ToString());
        json.WriteString("by", task.Account);
        Time(json, "created", task.Created);
        Time(json, "started", task.Started);
        Time(json, "finished", task.Finished);
        json.WriteStartObject("counts");
        json.WriteNumber("adds", task.Adds);
        json.WriteNumber("removes", task.Removes);
        json.WriteNumber("errors", task.Errors);
        json.WriteEndObject();
        json.WriteNumber("pageNo", page);
        json.WriteNumber("pageSize", size);
        People(json, "adds", rows.Where(row => row.Step.Action == PlanAction.Add && row.Status != StepStatus.Failed));
        People(json, "removes", rows.Where(row => row.Step.Action == PlanAction.Remove && row.Status != StepStatus.Failed));
        json.WriteStartArray("errors");
        foreach (var row in rows.Where(row => row.Status is StepStatus.Failed or StepStatus.Unknown or StepStatus.NotAttempted))
        {
            json.WriteStartObject();
            json.WriteString("id", row.Step.Target?.Id.ToString());
            json.WriteString("name", row.Step.Target?.Label);
            json.WriteString("errorCode", RowTexts.CodeOf(row));
            json.WriteString("message", RowTexts.MessageOf(row));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void People(Utf8JsonWriter json, string name, IEnumerable<PlanRow> rows)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("id", row.Step.Target?.Id.ToString());
            json.WriteString("name", row.Step.Target?.Label);
            json.WriteNumber("status", (int)WireStatuses.Of(row.Status));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    internal static WireStatus StatusOf(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.None => WireStatus.Planned,
        TaskOutcome.NoChange or TaskOutcome.Applied => WireStatus.AsAsked,
        TaskOutcome.Partly => WireStatus.Partly,
        TaskOutcome.Held => WireStatus.Waiting,
        TaskOutcome.Rejected => WireStatus.Cancelled,
        _ => WireStatus.Failed,
    };

    private static int? PageOf(string? text, int otherwise, int most) =>
        string.IsNullOrEmpty(text) ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : null;
}
