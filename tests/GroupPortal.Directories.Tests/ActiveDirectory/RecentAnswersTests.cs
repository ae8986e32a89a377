using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.Core.Directories;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

public sealed class RecentAnswersTests
{
    private readonly SteppingClock _clock = new();
    private readonly RecentAnswers<string, int> _recent;
    private int _reads;

    public RecentAnswersTests() => _recent = new RecentAnswers<string, int>(_clock, weigh: rows => rows);

    [Fact]
    public async Task What_cost_a_second_serves_for_twenty()
    {
        await AskAsync("list", TimeSpan.FromSeconds(1));
        _clock.Pass(TimeSpan.FromSeconds(19));
        await AskAsync("list", TimeSpan.FromSeconds(1));
        Assert.Equal(1, _reads);

        _clock.Pass(TimeSpan.FromSeconds(2));
        await AskAsync("list", TimeSpan.FromSeconds(1));
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task What_was_quick_is_read_again()
    {
        await AskAsync("list", TimeSpan.FromMilliseconds(3));
        await AskAsync("list", TimeSpan.FromMilliseconds(3));

        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task A_write_makes_all_forgotten_and_what_was_being_read_meanwhile_is_not_kept()
    {
        await AskAsync("list", TimeSpan.FromSeconds(1));
        _recent.Forget();
        await AskAsync("list", TimeSpan.FromSeconds(1), meanwhile: _recent.Forget);
        await AskAsync("list", TimeSpan.FromSeconds(1));

        Assert.Equal(3, _reads);
    }

    [Fact]
    public async Task Only_whole_answers_are_kept_and_none_that_is_too_large()
    {
        await AskAsync("failed", TimeSpan.FromSeconds(1), answer: new DirectoryError.Unavailable());
        await AskAsync("failed", TimeSpan.FromSeconds(1));
        await AskAsync("large", TimeSpan.FromSeconds(1), answer: DirectoryAnswer.Ok(1_000_000));
        await AskAsync("large", TimeSpan.FromSeconds(1));

        Assert.Equal(4, _reads);
    }

    [Fact]
    public async Task The_oldest_makes_room()
    {
        for (var number = 0; number < 20; number++)
        {
            await AskAsync($"list {number}", TimeSpan.FromSeconds(10));
        }

        await AskAsync("list 19", TimeSpan.FromSeconds(10));
        Assert.Equal(20, _reads);
        await AskAsync("list 0", TimeSpan.FromSeconds(10));
        Assert.Equal(21, _reads);
    }

    private Task<DirectoryAnswer<int>> AskAsync(string key, TimeSpan cost, Action? meanwhile = null, DirectoryAnswer<int>? answer = null) => _recent.GetAsync(
        key,
        _ =>
        {
            _reads++;
            _clock.Pass(cost);
            meanwhile?.Invoke();
            return Task.FromResult(answer ?? DirectoryAnswer.Ok(10));
        },
        CancellationToken.None);

    private sealed class SteppingClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += time.Ticks;
    }
}
