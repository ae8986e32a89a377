using System.Globalization;
using System.Text.Json;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Api.Groups;
using GroupPortal.Web.Api.Reading;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.SmartGroups;

/// <summary>What a rule would do: the vendor's list of members, and our preview with everything beside it.</summary>
internal sealed class PreviewApi(StoreRegistry stores, GroupTargets targets, PreviewService previews, TimeProvider clock)
{
    /// <summary>GET and POST …/SmartGroups/Members: <c>{ total, data }</c>; paging and order in the query, the rule in the body.</summary>
    public async Task MembersAsync(HttpContext context, string identityStoreId)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call)
        {
            return;
        }

        var reader = new RuleReader();
        var asked = reader.Page(reader.Members(call.Body), context.Request.Query);
        if (await RefuseAsync(context, reader.Problems) || await HidesAsync(call, asked.Attributes))
        {
            return;
        }

        var (rule, problems) = Rule(call, asked);
        if (rule is null)
        {
            await BrokenAsync(context, "IMSGCriteria", problems);
            return;
        }

        var query = new PreviewQuery(rule)
        {
            Skip = (asked.PageNumber - 1) * asked.PageSize,
            Take = asked.PageSize,
            IsDescending = asked.IsDescending,
            Attributes = Known(call, asked.Attributes),
        };
        if (await PreviewOrAnswerAsync(call, query) is not { } preview)
        {
            return;
        }

        await using var writer = WireWriter.Begin(context, StatusCodes.Status200OK);
        writer.Json.WriteStartObject();
        writer.Json.WriteNumber("total", preview.Found);
        await DataAsync(writer, call, preview, asked.Attributes, ObjectShape.WriteFoundAsync);
        writer.Json.WriteEndObject();
    }

    /// <summary>POST …/SmartGroups/Preview.</summary>
    public async Task PreviewAsync(HttpContext context, string identityStoreId)
    {
        if (await ApiCall.BeginAsync(context, identityStoreId, stores) is not { } call)
        {
            return;
        }

        var reader = new RuleReader();
        var asked = reader.Preview(call.Body);
        if (await RefuseAsync(context, reader.Problems) || await HidesAsync(call, asked.Attributes))
        {
            return;
        }

        var (rule, problems) = Rule(call, asked);
        if (rule is null)
        {
            await BrokenAsync(context, "criteria", problems);
            return;
        }

        Guid? group = null;
        if (asked.Group is { Length: > 0 } identity)
        {
            var (state, error) = await targets.FindAsync(call.Store.Id, identity, call.Cancellation);
            if (state is null)
            {
                await Answers.WriteAsync(context, error!);
                return;
            }

            group = state.Id;
        }

        var query = new PreviewQuery(rule, group)
        {
            Show = asked.Show,
            Skip = (asked.PageNumber - 1) * asked.PageSize,
            Take = asked.PageSize,
            Attributes = Known(call, asked.Attributes),
        };
        if (await PreviewOrAnswerAsync(call, query) is { } preview)
        {
            await WriteAsync(call, preview, asked.Attributes);
        }
    }

    /// <summary>The rule that was asked about; without one, why not.</summary>
    private (SmartRule? Rule, IReadOnlyList<CriteriaProblem> Problems) Rule(ApiCall call, WirePreview asked)
    {
        stores.TryGet(call.Store.Id, out var directory);
        var reading = CriteriaText.Read(asked.Language, asked.Criteria, directory!.Vocabulary);
        if (!reading.IsValid)
        {
            return (null, reading.Problems);
        }

        // A text that begins with device. and types that say users select nobody together; better to say so.
        if (reading.ObjectType is { } type && asked.ObjectTypes.Count > 0 && CriteriaText.ObjectTypeOf([type, .. asked.ObjectTypes]) is null)
        {
            return (null, [new CriteriaProblem("EntraOtherTypes", 0, asked.Criteria.Length)]);
        }

        return (
            new SmartRule
            {
                Criteria = reading.Root!,
                Text = asked.Criteria,
                Language = asked.Language,
                ObjectTypes = asked.ObjectTypes.Count > 0 ? asked.ObjectTypes : [reading.ObjectType ?? QueryObjectType.Users],
                StartPaths = asked.StartPaths,
                Include = asked.Include,
                Exclude = asked.Exclude,
            },
            []);
    }

    private async Task<Preview?> PreviewOrAnswerAsync(ApiCall call, PreviewQuery query)
    {
        ApiError error;
        switch (await previews.PreviewAsync(call.Store.Id, query, call.Cancellation))
        {
            case PreviewAnswer.Ok(var preview):
                call.Context.Response.Headers.Age = Math.Max(0, (int)(clock.GetUtcNow() - preview.AsOf).TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return previews.SeenBy(call.Store.Id, call.Requester.Person.Role).Of(preview, query.Rule);
            case PreviewAnswer.GroupUnknown:
                error = ApiErrors.GroupUnknown(query.Group?.ToString() ?? string.Empty);
                break;
            case PreviewAnswer.StoreUnknown:
                error = ApiErrors.StoreUnknown(call.Store.Id.ToString(CultureInfo.InvariantCulture));
                break;
            case PreviewAnswer.Loading(var loaded):
                error = new ApiError(
                    StatusCodes.Status503ServiceUnavailable,
                    nameof(DirectoryError.Unavailable),
                    string.Create(CultureInfo.InvariantCulture, $"The directory is being read for the first time: {loaded} objects so far. Ask again in a moment."))
                {
                    RetryAfter = TimeSpan.FromSeconds(2),
                };
                break;
            case PreviewAnswer.Failed(var why):
                error = ApiErrors.Of(why);
                break;
            default:
                throw new InvalidOperationException("Unreachable: the hierarchy is closed.");
        }

        await Answers.WriteAsync(call.Context, error);
        return null;
    }

    private async Task WriteAsync(ApiCall call, Preview preview, IReadOnlyList<string> asked)
    {
        await using var writer = WireWriter.Begin(call.Context, StatusCodes.Status200OK);
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteString("hash", preview.Hash);
        json.WriteString("asOf", preview.AsOf.UtcDateTime);
        json.WriteStartObject("counts");
        json.WriteNumber("total", preview.Counts.Total);
        json.WriteNumber("joining", preview.Counts.Joining);
        json.WriteNumber("leaving", preview.Counts.Leaving);
        json.WriteNumber("staying", preview.Counts.Staying);
        json.WriteNumber("excepted", preview.Counts.Excepted);
        json.WriteEndObject();
        json.WriteStartArray("clauses");
        foreach (var clause in preview.Clauses)
        {
            json.WriteStartObject();
            json.WriteString("path", clause.Path);
            json.WriteString("text", clause.Text);
            json.WriteNumber("count", clause.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("guard");
        json.WriteString("verdict", preview.Guard.IsHeld ? "held" : "ok");
        json.WriteStartArray("reasons");
        foreach (var hold in preview.Guard.Holds)
        {
            json.WriteStringValue(hold);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        CriteriaJson.Lint(json, preview.Lint);
        CriteriaJson.Problems(json, [.. WhatIsUnknown(preview)]);
        json.WriteNumber("found", preview.Found);
        await DataAsync(writer, call, preview, asked, ObjectShape.WriteAsync);
        json.WriteEndObject();
    }

    /// <summary>Of no place in the text: the rule is in order, and somebody whom it is to be asked of is not known.</summary>
    private static IEnumerable<CriteriaProblem> WhatIsUnknown(Preview preview)
    {
        if (preview.Counts.Unknown > 0)
        {
            yield return new CriteriaProblem("MembersUnknown", 0, 0, preview.Counts.Unknown.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var id in preview.UnknownExceptions)
        {
            yield return new CriteriaProblem("ExceptionUnknown", 0, 0, id.ToString());
        }
    }

    /// <summary>The envelope of every error, with the places beside it.</summary>
    private static Task BrokenAsync(HttpContext context, string field, IReadOnlyList<CriteriaProblem> problems) => WireWriter.WriteAsync(
        context,
        StatusCodes.Status400BadRequest,
        new WireEnvelope(null, Type: 0, WireStatus.Failed)
        {
            Message = string.Join(' ', problems.Select(problem => string.Create(CultureInfo.InvariantCulture, $"{field}, offset {problem.Start}: {problem.Message}"))),
            ErrorCode = nameof(DirectoryError.InvalidValue),
            Exceptions = ApiErrors.Exceptions(problems.Select(problem => (field, problem.Message))),
            Beside = json => CriteriaJson.Problems(json, problems),
        });

    private async Task DataAsync(
        WireWriter writer, ApiCall call, Preview preview, IReadOnlyList<string> asked, Func<WireWriter, ShownObject, CancellationToken, Task> write)
    {
        stores.TryGet(call.Store.Id, out var directory);
        writer.Json.WriteStartArray("data");
        foreach (var member in preview.Members)
        {
            await write(writer, new ShownMember(call, member, asked, directory!.Vocabulary).Object, call.Cancellation);
        }

        writer.Json.WriteEndArray();
    }

    /// <summary>Those of the names that the store's vocabulary knows; the others are answered as absent.</summary>
    private List<string> Known(ApiCall call, IReadOnlyList<string> names)
    {
        stores.TryGet(call.Store.Id, out var directory);
        return
        [
            .. names.Select(name => directory!.Vocabulary.TryGet(name, out var attribute) ? attribute.Name : null)
                .OfType<string>().Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether an attribute is asked for whose values the caller may not see; then the answer has been given.</summary>
    private async Task<bool> HidesAsync(ApiCall call, IReadOnlyList<string> names)
    {
        var seen = previews.SeenBy(call.Store.Id, call.Requester.Person.Role);
        if (names.FirstOrDefault(name => !seen.Shows(name)) is not { } hidden)
        {
            return false;
        }

        await Answers.WriteAsync(call.Context, ApiErrors.Denied($"Only administrators and helpdesk see the values of “{hidden}”. Leave it out of attributesToLoad."));
        return true;
    }

    private static async Task<bool> RefuseAsync(HttpContext context, IReadOnlyList<WireProblem> problems)
    {
        if (problems.Count > 0)
        {
            await Answers.WriteAsync(context, ApiErrors.Unreadable(problems));
        }

        return problems.Count > 0;
    }
}
