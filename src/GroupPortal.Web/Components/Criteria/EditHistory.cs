namespace GroupPortal.Web.Components.Criteria;

/// <summary>What was, is, and was undone. Immutable: each step answers the next history.</summary>
/// <typeparam name="TState">Compared by content.</typeparam>
public sealed record EditHistory<TState>(TState Present)
    where TState : notnull
{
    private const int Most = 200;

    private IReadOnlyList<TState> Past { get; init; } = [];

    private IReadOnlyList<TState> Future { get; init; } = [];

    /// <summary>What the last step was about; null after an undo.</summary>
    private string? Key { get; init; }

    public bool CanUndo => Past.Count > 0;

    public bool CanRedo => Future.Count > 0;

    /// <param name="key">Steps in a row with the same key are one: the letters of a word come back together. Null stands alone.</param>
    public EditHistory<TState> To(TState state, string? key = null)
    {
        if (state.Equals(Present))
        {
            return this;
        }

        return key is not null && key == Key
            ? this with { Present = state, Future = [] }
            : new EditHistory<TState>(state) { Past = [.. Past.TakeLast(Most - 1), Present], Key = key };
    }

    public EditHistory<TState> Undo() =>
        CanUndo ? new EditHistory<TState>(Past[^1]) { Past = [.. Past.SkipLast(1)], Future = [Present, .. Future] } : this;

    public EditHistory<TState> Redo() =>
        CanRedo ? new EditHistory<TState>(Future[0]) { Past = [.. Past, Present], Future = [.. Future.Skip(1)] } : this;
}
