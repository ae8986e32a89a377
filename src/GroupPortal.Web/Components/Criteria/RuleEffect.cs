using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Shared;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>
/// The effect of a rule that is being written: asked a moment after the last letter, each question cancelling the former, the
/// last answer kept until the next is here. A rule that cannot be read asks nothing: the effect of the last good one stays.
/// </summary>
/// <param name="ask">The preview.</param>
/// <param name="clock">For the wait.</param>
/// <param name="changed">Draws the page anew; called on no particular thread.</param>
public sealed class RuleEffect(Func<PreviewQuery, CancellationToken, Task<PreviewAnswer>> ask, TimeProvider clock, Func<Task> changed) : IDisposable
{
    /// <summary>How long nothing must be typed. Short: the answer comes from memory.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(120);

    /// <summary>So many people come with the numbers.</summary>
    public const int FirstPage = 50;

    private static readonly TimeSpan LoadingPause = TimeSpan.FromMilliseconds(700);
    private readonly CancellationSeries _turns = new();
    private SmartRule? _wanted;

    /// <summary>The last effect; null before the first.</summary>
    public Preview? Current { get; private set; }

    /// <summary>What <see cref="Current"/> answers.</summary>
    public PreviewQuery? Query { get; private set; }

    /// <summary>The effect belongs to an older rule or view, and the new one is on its way.</summary>
    public bool IsStale { get; private set; }

    /// <summary>The rule cannot be read or is unfinished: the effect is that of the last good one.</summary>
    public bool IsOfLastGood { get; private set; }

    /// <summary>Objects read so far while the data comes in for the first time; null otherwise.</summary>
    public int? Loading { get; private set; }

    public DirectoryError? Error { get; private set; }

    /// <summary>The store or the group is gone.</summary>
    public bool IsGone { get; private set; }

    public Guid? Group { get; init; }

    /// <summary>Shows a rule, or, for null, that the last good one is still shown.</summary>
    /// <param name="isTyping">Whether to wait for the next letter.</param>
    public Task ShowAsync(SmartRule? rule, EffectView view, bool isTyping = true)
    {
        ArgumentNullException.ThrowIfNull(view);
        IsOfLastGood = rule is null;
        if (rule is null && _wanted is null)
        {
            _turns.Cancel();
            IsStale = false;
            return changed();
        }

        _wanted = rule ?? _wanted;
        return AskAsync(QueryOf(_wanted!, view), isTyping ? Debounce : TimeSpan.Zero);
    }

    /// <summary>Further people of the list that is shown; null where there is nothing to continue.</summary>
    public async Task<Preview?> PageAsync(int skip, int take, CancellationToken cancellation)
    {
        if (Query is not { } query)
        {
            return null;
        }

        return await ask(query with { Skip = skip, Take = take, ChartBy = null }, cancellation) is PreviewAnswer.Ok(var page) ? page : null;
    }

    public void Dispose() => _turns.Dispose();

    private PreviewQuery QueryOf(SmartRule rule, EffectView view) => new(rule, Group)
    {
        Show = view.Show,
        Search = view.Search,
        SortBy = view.SortBy,
        IsDescending = view.IsDescending,
        Attributes = view.Columns,
        ChartBy = view.ChartBy,
        Take = FirstPage,
    };

    private async Task AskAsync(PreviewQuery query, TimeSpan delay)
    {
        var turn = _turns.Next();
        try
        {
            IsStale = true;
            await changed();
            if (delay > TimeSpan.Zero)
            {
                await Task.Delay(delay, clock, turn);
            }

            while (!Take(await ask(query, turn), query, turn))
            {
                await changed();
                await Task.Delay(LoadingPause, clock, turn);
            }

            if (!turn.IsCancellationRequested)
            {
                await changed();
            }
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            // The next letter, or the end of the page.
        }
    }

    // False while the data is still being read.
    private bool Take(PreviewAnswer answer, PreviewQuery query, CancellationToken turn)
    {
        if (turn.IsCancellationRequested)
        {
            return true;
        }

        (Loading, Error, IsGone) = (null, null, false);
        switch (answer)
        {
            case PreviewAnswer.Ok(var preview):
                (Current, Query, IsStale) = (preview, query, false);
                return true;
            case PreviewAnswer.Loading(var loaded):
                Loading = loaded;
                return false;
            case PreviewAnswer.Failed(var error):
                (Error, IsStale) = (error, false);
                return true;
            default:
                (IsGone, IsStale) = (true, false);
                return true;
        }
    }
}
