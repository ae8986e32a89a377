using System.Net;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.EntraId.Requests;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Graph.Requests;

public sealed class RequestPacerTests
{
    private static readonly RequestCost Write = new(1, 1);
    private static readonly RequestCost Read = new(1, 0);
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Writes_go_as_fast_as_the_bucket_allows_and_no_faster()
    {
        using var pacer = Pacer(new GraphQuotas { Writes = 100, WriteWindow = TimeSpan.FromSeconds(10), Margin = 1, WritesForPeople = 0 });

        var gone = Enter(pacer, Write, WorkPriority.Low, 150);
        await Eventually.IsAsync(() => Done(gone) == 100);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsAsync(() => Done(gone) == 110);
        _clock.Advance(TimeSpan.FromSeconds(4));
        await Eventually.IsAsync(() => Done(gone) == 150);
    }

    [Fact]
    public async Task Reads_do_not_wait_for_writes()
    {
        using var pacer = Pacer(new GraphQuotas { Writes = 10, Margin = 1, WritesForPeople = 0 });

        var writes = Enter(pacer, Write, WorkPriority.High, 10);
        await Eventually.IsAsync(() => Done(writes) == 10);
        var reads = Enter(pacer, Read, WorkPriority.High, 5);

        await Eventually.IsAsync(() => Done(reads) == 5);
    }

    [Fact]
    public async Task People_go_before_jobs_and_jobs_leave_something_for_them()
    {
        using var pacer = Pacer(new GraphQuotas { Writes = 100, WriteWindow = TimeSpan.FromSeconds(100), Margin = 1, WritesForPeople = 0.1 });

        var jobs = Enter(pacer, Write, WorkPriority.Low, 200);
        await Eventually.IsAsync(() => Done(jobs) == 90);
        var people = Enter(pacer, Write, WorkPriority.High, 12);
        await Eventually.IsAsync(() => Done(people) == 10);
        Assert.Equal(90, Done(jobs));

        _clock.Advance(TimeSpan.FromSeconds(2));
        await Eventually.IsAsync(() => Done(people) == 12);
        Assert.Equal(90, Done(jobs));
        _clock.Advance(TimeSpan.FromSeconds(11));
        await Eventually.IsAsync(() => Done(jobs) > 90);
    }

    [Fact]
    public async Task A_pause_holds_for_everybody_and_one_for_writes_for_writes_only()
    {
        using var pacer = Pacer(new GraphQuotas());
        using var forWrites = Refused("10", "WriteLimitExceeded");
        using var forAll = Refused("10", "ResourceUnitLimitExceeded");

        pacer.Pause(forWrites, 0, Write);
        var write = Enter(pacer, Write, WorkPriority.High, 1);
        var read = Enter(pacer, Read, WorkPriority.High, 1);
        await Eventually.IsAsync(() => read.All(task => task.IsCompletedSuccessfully) || write[0].IsCompleted);
        Assert.False(write[0].IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(11));
        await write[0];

        pacer.Pause(forAll, 0, Read);
        var later = Enter(pacer, Read, WorkPriority.High, 1);
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(later[0].IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await later[0];
    }

    [Fact]
    public async Task Whoever_waits_is_told_of_a_long_pause_that_a_job_brought_about_and_the_job_waits()
    {
        using var pacer = Pacer(new GraphQuotas { Writes = 10, Margin = 1, WritesForPeople = 0 });
        using var forAll = Refused("300", "ResourceUnitLimitExceeded");
        var writes = Enter(pacer, Write, WorkPriority.High, 11);
        await Eventually.IsAsync(() => Done(writes) == 10);
        var inQueue = writes.Single(write => !write.IsCompleted);

        pacer.Pause(forAll, 0, Read);

        Assert.Equal(TimeSpan.FromMinutes(5), (await Assert.ThrowsAsync<PausedException>(() => inQueue)).After);
        await Assert.ThrowsAsync<PausedException>(() => Enter(pacer, Read, WorkPriority.High, 1)[0]);
        var job = Enter(pacer, Read, WorkPriority.Low, 1)[0];
        Assert.False(job.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(275));
        var soon = Enter(pacer, Read, WorkPriority.High, 1)[0];
        Assert.False(soon.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(26));
        await Task.WhenAll(job, soon);
    }

    [Fact]
    public async Task A_long_pause_for_writes_is_none_for_reads()
    {
        using var pacer = Pacer(new GraphQuotas());
        using var forWrites = Refused("300", "WriteLimitExceeded");

        pacer.Pause(forWrites, 0, Write);

        await Enter(pacer, Read, WorkPriority.High, 1)[0];
        await Assert.ThrowsAsync<PausedException>(() => Enter(pacer, Write, WorkPriority.High, 1)[0]);
    }

    [Fact]
    public async Task Whoever_still_waits_when_the_portal_closes_is_given_up_and_nobody_comes_after()
    {
        var pacer = Pacer(new GraphQuotas { Writes = 10, Margin = 1, WritesForPeople = 0 });
        var writes = Enter(pacer, Write, WorkPriority.Low, 12);
        await Eventually.IsAsync(() => Done(writes) == 10);

        pacer.Dispose();

        foreach (var waiting in writes.Where(write => !write.IsCompletedSuccessfully))
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pacer.EnterAsync(Read, WorkPriority.High, CancellationToken.None));
        Assert.Equal(10, Done(writes));
    }

    [Fact]
    public async Task Above_eight_tenths_of_a_limit_only_jobs_go_slower()
    {
        using var pacer = Pacer(new GraphQuotas());
        using var answer = new HttpResponseMessage(HttpStatusCode.OK);
        answer.Headers.Add("x-ms-throttle-limit-percentage", "1.3");

        pacer.Follow(answer, Read);
        var job = Enter(pacer, Read, WorkPriority.Low, 1);
        await Enter(pacer, Read, WorkPriority.High, 1)[0];
        Assert.False(job[0].IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await job[0];
    }

    [Fact]
    public async Task A_job_that_uses_all_writes_there_are_is_paced_by_its_bucket_alone()
    {
        using var pacer = Pacer(new GraphQuotas());
        using var answer = new HttpResponseMessage(HttpStatusCode.OK);
        answer.Headers.Add("x-ms-throttle-limit-percentage", "1.00");

        pacer.Follow(answer, Write);

        await Enter(pacer, Read, WorkPriority.Low, 1)[0];
    }

    [Fact]
    public async Task What_a_request_really_cost_is_taken_from_the_bucket()
    {
        using var pacer = Pacer(new GraphQuotas { ResourceUnits = 10, Margin = 1, ResourceUnitsForPeople = 0 });
        using var answer = new HttpResponseMessage(HttpStatusCode.OK);
        answer.Headers.Add("x-ms-resource-unit", "9");

        using (await pacer.EnterAsync(Read, WorkPriority.High, CancellationToken.None))
        {
            pacer.Follow(answer, Read);
        }

        var rest = Enter(pacer, Read, WorkPriority.High, 3);
        await Eventually.IsAsync(() => Done(rest) == 1);
        _clock.Advance(TimeSpan.FromSeconds(3));
        await Task.WhenAll(rest);
    }

    [Fact]
    public async Task Another_process_of_the_same_app_is_seen_by_what_Graph_counts()
    {
        using var pacer = Pacer(new GraphQuotas { Writes = 100, WriteWindow = TimeSpan.FromSeconds(100), Margin = 1, WritesForPeople = 0 });
        using var answer = new HttpResponseMessage(HttpStatusCode.NoContent);
        answer.Headers.Add("x-ms-throttle-limit-percentage", "0.90");

        pacer.Follow(answer, Write);

        var writes = Enter(pacer, Write, WorkPriority.High, 20);
        await Eventually.IsAsync(() => Done(writes) == 10);
    }

    [Fact]
    public async Task What_references_cost_is_learned_and_forgotten_again()
    {
        using var pacer = Pacer(new GraphQuotas { Writes = 1000, WriteWindow = TimeSpan.FromSeconds(1000), Margin = 1, WritesForPeople = 0 });
        var bound = Write with { Bound = 20 };

        Follow(pacer, bound, "0.80");
        var first = Enter(pacer, bound, WorkPriority.High, 10);
        await Eventually.IsAsync(() => Done(first) == 10);
        Follow(pacer, bound, "0.87");

        // 130 are left: at seven each, 18 times.
        var dear = Enter(pacer, bound, WorkPriority.High, 30);
        await Eventually.IsAsync(() => Done(dear) == 18);
        var plain = Enter(pacer, Read, WorkPriority.High, 1);
        await plain[0];
        _clock.Advance(TimeSpan.FromSeconds(100));
        await Task.WhenAll(dear);

        _clock.Advance(TimeSpan.FromSeconds(5000));
        await Task.WhenAll(Enter(pacer, bound, WorkPriority.High, 1000));
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_takes_nothing()
    {
        using var pacer = Pacer(new GraphQuotas { Writes = 1, WriteWindow = TimeSpan.FromSeconds(10), Margin = 1, WritesForPeople = 0 });
        await Enter(pacer, Write, WorkPriority.High, 1)[0];
        using var cancellation = new CancellationTokenSource();
        var given = pacer.EnterAsync(Write, WorkPriority.High, cancellation.Token);
        var next = Enter(pacer, Write, WorkPriority.High, 1);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        _clock.Advance(TimeSpan.FromSeconds(11));
        await next[0];
    }

    [Fact]
    public async Task Jobs_are_never_all_that_is_on_its_way()
    {
        using var pacer = Pacer(new GraphQuotas { AtOnce = 4, AtOnceForLow = 2 });

        var jobs = Enumerable.Range(0, 5).Select(_ => pacer.EnterAsync(Read, WorkPriority.Low, CancellationToken.None)).ToList();
        await Eventually.IsAsync(() => jobs.Count(task => task.IsCompletedSuccessfully) == 2);
        using var person = await pacer.EnterAsync(Read, WorkPriority.High, CancellationToken.None);
        Assert.Equal(2, jobs.Count(task => task.IsCompletedSuccessfully));

        (await jobs[0]).Dispose();
        await jobs[2];
    }

    [Theory]
    [InlineData("3", 3.0)]
    [InlineData("0.25", 0.25)]
    [InlineData("99999999", 600.0)]
    [InlineData("-3", null)]
    [InlineData("soon", null)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 0.0)]
    public void The_time_to_wait_is_read_as_it_is_sent(string text, double? seconds) =>
        Assert.Equal(seconds is { } value ? TimeSpan.FromSeconds(value) : null, RetryAfter.Of(text, _clock));

    private RequestPacer Pacer(GraphQuotas quotas) => new(quotas with { AtOnce = Math.Max(quotas.AtOnce, 4), AtOnceForLow = Math.Max(quotas.AtOnceForLow, 2) }, _clock);

    /// <summary>Each is answered at once.</summary>
    private static List<Task> Enter(RequestPacer pacer, RequestCost cost, WorkPriority priority, int times) =>
        [.. Enumerable.Range(0, times).Select(async _ => (await pacer.EnterAsync(cost, priority, CancellationToken.None)).Dispose())];

    private static void Follow(RequestPacer pacer, RequestCost cost, string used)
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.NoContent);
        answer.Headers.Add("x-ms-throttle-limit-percentage", used);
        pacer.Follow(answer, cost);
    }

    private static int Done(List<Task> tasks) => tasks.Count(task => task.IsCompletedSuccessfully);

    private static HttpResponseMessage Refused(string after, string why)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        answer.Headers.TryAddWithoutValidation("Retry-After", after);
        answer.Headers.Add("x-ms-throttle-information", why);
        return answer;
    }
}
