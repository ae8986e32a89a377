namespace GroupPortal.Core.Directories;

/// <summary>
/// An answer that cannot confuse "nothing found" with "could not ask". Only a complete <see cref="Ok"/> may lead to
/// anybody's removal.
/// </summary>
public abstract record DirectoryAnswer<T>
{
    private DirectoryAnswer()
    {
    }

    public static implicit operator DirectoryAnswer<T>(DirectoryError error) => new Failed(error);

    /// <summary>Everything that was asked for.</summary>
    public sealed record Ok(T Value) : DirectoryAnswer<T>;

    /// <summary>Some of it; <paramref name="Why"/> says what is missing.</summary>
    public sealed record Partial(T Value, DirectoryError Why) : DirectoryAnswer<T>;

    /// <summary>Nothing is known.</summary>
    public sealed record Failed(DirectoryError Error) : DirectoryAnswer<T>;

    /// <summary>The same kind of answer about something derived from the value.</summary>
    public DirectoryAnswer<TOther> Map<TOther>(Func<T, TOther> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return this switch
        {
            Ok ok => new DirectoryAnswer<TOther>.Ok(change(ok.Value)),
            Partial partial => new DirectoryAnswer<TOther>.Partial(change(partial.Value), partial.Why),
            Failed failed => new DirectoryAnswer<TOther>.Failed(failed.Error),
            _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
        };
    }
}

/// <summary>Makes answers without naming the type of their value twice.</summary>
public static class DirectoryAnswer
{
    public static DirectoryAnswer<T> Ok<T>(T value) => new DirectoryAnswer<T>.Ok(value);

    public static DirectoryAnswer<T> Failed<T>(DirectoryError error) => new DirectoryAnswer<T>.Failed(error);
}
