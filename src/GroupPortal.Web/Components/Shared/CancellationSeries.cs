namespace GroupPortal.Web.Components.Shared;

/// <summary>Each start cancels the one before: for searches and checks that follow somebody's typing.</summary>
public sealed class CancellationSeries : IDisposable
{
    private CancellationTokenSource? _current;
    private bool _ended;

    /// <summary>The token of a new turn; already cancelled once the series has ended.</summary>
    public CancellationToken Next()
    {
        Cancel();
        if (_ended)
        {
            return new CancellationToken(canceled: true);
        }

        _current = new CancellationTokenSource();
        return _current.Token;
    }

    public void Cancel()
    {
        _current?.Cancel();
        _current?.Dispose();
        _current = null;
    }

    public void Dispose()
    {
        _ended = true;
        Cancel();
    }
}
