using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Resources;
using GroupPortal.Core.Results;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Groups;

/// <summary>
/// Plans and applies what a request asks of one group or of many. A client that goes away stops nothing: from the plan on
/// everything runs on the application's own token.
/// </summary>
internal sealed class GroupWrites(GroupService service, IHostApplicationLifetime lifetime)
{
    /// <summary>
    /// All groups are planned before the first is written: while one plan is held by the guard, or strictness was asked for
    /// and one line cannot be done, nothing is written at all.
    /// </summary>
    /// <param name="wishes">A request for each group, or why there is none.</param>
    public async Task<ManyAnswer> WriteManyAsync(
        IdentityStore store, IReadOnlyList<(GroupRequest? Request, ApiError? Error)> wishes, Requester requester, WriteOptions options)
    {
        var planned = new List<Planned>(wishes.Count);
        foreach (var (request, error) in wishes)
        {
            planned.Add(request is null ? new Planned(null, error) : await PlanAsync(store, request, requester, isAlone: wishes.Count == 1, options));
        }

        var hash = HashOf(planned);
        if (options.PlanOnly)
        {
            return ManyAnswer.Of([.. planned.Select(one => one.Error is { } error ? Refused(error, one.Plan) : GroupAnswer.Planned(one.Plan!, store.Server))], hash);
        }

        if (options.IsStrict && planned.Exists(one => one.Error is not null || one.Plan!.LineProblems.Any()))
        {
            return ManyAnswer.Nothing([.. planned.Select(one => one switch
            {
                { Error: { } error } => Refused(error, one.Plan),
                { Plan: { } plan } when plan.LineProblems.Any() => GroupAnswer.Refused(StrictError(plan), plan),
                _ => GroupAnswer.NotAttempted(one.Plan!),
            })]);
        }

        if (planned.Exists(one => one.IsHeld) && options.Confirmed != hash)
        {
            return ManyAnswer.Nothing([.. planned.Select(one => one switch
            {
                { Error: { } error } => Refused(error, one.Plan),
                { IsHeld: true } => GroupAnswer.Refused(HeldError(one.Plan!, hash), one.Plan!),
                _ => GroupAnswer.NotAttempted(one.Plan!),
            })], hash);
        }

        if (planned is [{ Error: null, Plan: { } alone }])
        {
            return ManyAnswer.Of([await ApplyAsync(alone, requester)]);
        }

        var started = new List<(Guid? Plan, GroupAnswer? Answer)>(planned.Count);
        foreach (var one in planned)
        {
            started.Add(one.Error is { } error ? (null, Refused(error, one.Plan)) : await StartAsync(one.Plan!, requester));
        }

        var answers = new List<GroupAnswer>(started.Count);
        foreach (var (plan, answer) in started)
        {
            answers.Add(answer ?? Applied(await service.WaitAsync(plan!.Value, lifetime.ApplicationStopping)));
        }

        return ManyAnswer.Of(answers);
    }

    /// <param name="isAlone">Then the plan is applied next or not at all; many plans wait for each other.</param>
    private async Task<Planned> PlanAsync(IdentityStore store, GroupRequest request, Requester requester, bool isAlone, WriteOptions options) =>
        await (isAlone
            ? service.PlanForNowAsync(store.Id, request, requester, isAppliedNext: !options.PlanOnly, lifetime.ApplicationStopping)
            : service.PlanAsync(store.Id, request, requester, lifetime.ApplicationStopping)) switch
        {
            PlanAnswer.Planned(var plan) => new Planned(plan, WhyNot(plan)),
            PlanAnswer.StoreUnknown => new Planned(null, ApiErrors.StoreUnknown(store.Name)),
            PlanAnswer.GroupUnknown => new Planned(null, ApiErrors.GroupUnknown(request.GroupId?.ToString() ?? string.Empty)),
            PlanAnswer.PreviewChanged(var now) => new Planned(null, ApiErrors.PreviewChanged(now)),
            PlanAnswer.VersionMismatch => new Planned(null, ApiErrors.Changed),
            PlanAnswer.DirectoryFailed(var error) => new Planned(null, ApiErrors.Of(error)),
            var other => throw new InvalidOperationException($"Unknown plan answer {other}."),
        };

    /// <summary>Who may not do it is told so before anything about the group's lines.</summary>
    private static ApiError? WhyNot(GroupPlan plan)
    {
        if (plan.Access.Verdict != AccessVerdict.Allow)
        {
            return ApiErrors.Denied(plan.Access.Message);
        }

        return plan.Problems.Count > 0 ? ApiErrors.Impossible(plan.Problems) : null;
    }

    private async Task<GroupAnswer> ApplyAsync(GroupPlan plan, Requester requester)
    {
        var (answer, result) = await service.ApplyAndWaitAsync(plan.Id, requester, ConfirmedHash(plan), lifetime.ApplicationStopping);
        return result is null ? NotStarted(answer, plan) : Applied(result);
    }

    /// <summary>Many start before the first is waited for.</summary>
    private async Task<(Guid? Plan, GroupAnswer? Answer)> StartAsync(GroupPlan plan, Requester requester)
    {
        var answer = await service.ApplyAsync(plan.Id, requester, ConfirmedHash(plan), lifetime.ApplicationStopping);
        return answer is ApplyAnswer.Started(var id) ? (id, null) : (null, NotStarted(answer, plan));
    }

    private static string? ConfirmedHash(GroupPlan plan) => plan.Guard.IsHeld ? plan.Hash : null;

    private static GroupAnswer NotStarted(ApplyAnswer answer, GroupPlan plan) => answer switch
    {
        ApplyAnswer.NotApplicable(var problems) => GroupAnswer.Refused(ApiErrors.Impossible(problems), plan),
        ApplyAnswer.NeedsConfirmation(_, var hash) => GroupAnswer.Refused(HeldError(plan, hash), plan),
        ApplyAnswer.Denied(var decision) => GroupAnswer.Refused(ApiErrors.Denied(decision.Message)),
        ApplyAnswer.DirectoryFailed(var error) => GroupAnswer.Refused(ApiErrors.Of(error), plan),
        ApplyAnswer.PreviewChanged(var now) => GroupAnswer.Refused(ApiErrors.PreviewChanged(now), plan),
        // The plan was made a moment ago, for this request alone.
        _ => GroupAnswer.Refused(ApiErrors.Of(DirectoryError.Conflict.Unknown), plan),
    };

    private static GroupAnswer Applied(PlanResult result)
    {
        var failed = result.Rows.Where(row => row.Status == StepStatus.Failed).ToList();
        var answer = new GroupAnswer(StatusCodes.Status200OK, WireStatuses.Of(result.Status))
        {
            GroupId = result.GroupId,
            Rows = result.Rows,
            Server = result.Server,
            Open = WireStatus.NotAttempted,
            IsApplied = true,
        };
        if (failed.Count == 0)
        {
            return answer;
        }

        var first = failed.FirstOrDefault(row => row.Outcome?.Error is not null) ?? failed[0];
        var counts = string.Create(CultureInfo.InvariantCulture, $"{failed.Count} of {result.Rows.Count} lines failed: ");
        var message = (failed.Count == 1 ? string.Empty : counts) + RowTexts.MessageOf(first);
        var error = new ApiError(HttpOf(result, first), RowTexts.CodeOf(first), message)
        {
            Exceptions = ApiErrors.Exceptions(failed.Where(row => row.Step.Path.Length > 0).Select(row => (row.Step.Path, RowTexts.MessageOf(row)!))),
            RetryAfter = first.Outcome?.Error is DirectoryError.Throttled throttled ? throttled.After : null,
        };
        return answer with { Error = error, Http = error.Http };
    }

    /// <summary>200 for what was carried out, even in part; the error's own status where the directory let nothing pass.</summary>
    private static int HttpOf(PlanResult result, PlanRow first)
    {
        var counts = result.Counts;
        var isNothing = counts[StepStatus.Done] + counts[StepStatus.Unknown] == 0;
        var isWhole = result.Plan.Kind != PlanKind.Update || result.IsConflict
            || first.Outcome?.Error is DirectoryError.Unavailable or DirectoryError.Throttled;
        return isNothing && isWhole && first.Outcome?.Error is { } error ? ApiErrors.Of(error).Http : StatusCodes.Status200OK;
    }

    private static GroupAnswer Refused(ApiError error, GroupPlan? plan) =>
        plan is null || error.Http == StatusCodes.Status403Forbidden ? GroupAnswer.Refused(error) : GroupAnswer.Refused(error, plan);

    private static ApiError StrictError(GroupPlan plan)
    {
        var problems = plan.LineProblems.ToList();
        return new ApiError(
            StatusCodes.Status422UnprocessableEntity,
            nameof(DirectoryError.InvalidValue),
            "Nothing was attempted, because not everything can be done. " + string.Join(' ', problems.Select(problem => problem.Message).Distinct(StringComparer.Ordinal).Take(5)))
        {
            Exceptions = ApiErrors.Exceptions(problems.Select(problem => (problem.Field, problem.Message))),
        };
    }

    private static ApiError HeldError(GroupPlan plan, string hash)
    {
        var why = string.Join(' ', plan.Guard.Holds.Select(hold => Texts.Format("Guard." + hold)));
        var numbers = string.Create(CultureInfo.InvariantCulture, $"{plan.Guard.Adds} would come, {plan.Guard.Removes} would go, {plan.Guard.Present} are members now.");
        return new ApiError(
            StatusCodes.Status422UnprocessableEntity,
            nameof(DirectoryError.PolicyBlocked),
            $"{why} {numbers} Nothing was written. If it is meant, send the same request with the header {WriteOptions.ConfirmHeader}: {hash}");
    }

    /// <summary>The plan's own hash; for several plans one hash over all of theirs.</summary>
    private static string HashOf(List<Planned> planned) => planned switch
    {
        [{ Plan: { } plan }] => plan.Hash,
        _ => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', planned.Select(one => one.Plan?.Hash ?? one.Error?.Message))))),
    };

    private sealed record Planned(GroupPlan? Plan, ApiError? Error)
    {
        public bool IsHeld => Error is null && Plan!.Guard.IsHeld;
    }
}
