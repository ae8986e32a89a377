using GroupPortal.Core.Directories;

namespace GroupPortal.Directories.Tests.Contract;

/// <summary>A directory for the contract suite: with some people, some groups, and nobody else writing.</summary>
public abstract class DirectoryFixture : IAsyncLifetime
{
    private IDirectory? _directory;
    private int _names;

    public IDirectory Directory => _directory ?? throw new InvalidOperationException("The directory is not open yet.");

    /// <summary>Users of the directory, at least ten.</summary>
    public IReadOnlyList<DirectoryObject> People { get; private set; } = [];

    /// <summary>A name that nobody has.</summary>
    public string NewName(string stem = "Contract") =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{stem} {Interlocked.Increment(ref _names)}");

    public async Task InitializeAsync()
    {
        _directory = await OpenAsync();
        var answer = await _directory.FindAsync(new ObjectQuery(string.Empty, [ObjectKind.User], 50), CancellationToken.None);
        People = [.. answer.Value().Items];
    }

    public abstract Task DisposeAsync();

    protected abstract Task<IDirectory> OpenAsync();
}

internal static class Answers
{
    /// <summary>The whole answer, or a failed test that says why there is none.</summary>
    public static T Value<T>(this DirectoryAnswer<T> answer) => answer switch
    {
        DirectoryAnswer<T>.Ok ok => ok.Value,
        DirectoryAnswer<T>.Failed failed => throw new InvalidOperationException($"{failed.Error.Code}: {failed.Error.ServerText}"),
        _ => throw new InvalidOperationException("Only a part was answered."),
    };

    public static DirectoryWriteAnswer.Applied Applied(this DirectoryWriteAnswer answer) => answer switch
    {
        DirectoryWriteAnswer.Applied applied => applied,
        DirectoryWriteAnswer.Refused refused => throw new InvalidOperationException($"{refused.Error.Code}: {refused.Error.ServerText}"),
        DirectoryWriteAnswer.Unknown unknown => throw new InvalidOperationException($"Unknown: {unknown.Why.ServerText}"),
        _ => throw new InvalidOperationException(),
    };

    public static T Refused<T>(this DirectoryWriteAnswer answer)
        where T : DirectoryError => Assert.IsType<T>(Assert.IsType<DirectoryWriteAnswer.Refused>(answer).Error);
}
