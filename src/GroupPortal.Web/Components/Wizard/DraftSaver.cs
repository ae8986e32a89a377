using GroupPortal.Application.Drafts;
using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Shared;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>
/// Saves a draft a moment after each change, and at once between steps. One save at a time, so that an older state never
/// overtakes a newer one; none carries the circuit's token, so that closing the browser does not lose the last of them.
/// </summary>
public sealed class DraftSaver(DraftStore drafts, Person person, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationSeries _waits = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>When it was last saved; null before the first time.</summary>
    public DateTimeOffset? Saved { get; private set; }

    public void Resume(DateTimeOffset saved) => Saved = saved;

    /// <summary>Saves once nothing has changed for a moment; false when something has, whose own call will save.</summary>
    public async Task<bool> SaveSoonAsync(GroupDraft draft)
    {
        var cancellation = _waits.Next();
        await Task.Delay(Pause, clock, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Current);
        if (cancellation.IsCancellationRequested)
        {
            return false;
        }

        await SaveAsync(draft);
        return true;
    }

    public async Task SaveAsync(GroupDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        _waits.Cancel();
        await _turn.WaitAsync();
        try
        {
            await drafts.SaveAsync(draft, person, CancellationToken.None);
            Saved = draft.Saved;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _waits.Dispose();
}
