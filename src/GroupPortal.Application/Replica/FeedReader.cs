using GroupPortal.Core.Directories;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Replica;

/// <summary>Reads the feed of one directory page by page to its end.</summary>
internal sealed class FeedReader(IDirectory directory, TimeProvider clock, ILogger logger)
{
    private const int ObjectsPerPage = 2000;

    /// <summary>
    /// Hands each page over as it comes. The answer is the moment from which on nothing is known yet: when the last page was asked
    /// for. What came before an error stands, and its cookie with it.
    /// </summary>
    public async Task<DirectoryAnswer<DateTimeOffset>> ReadAsync(string? cookie, Action<ReplicaPage> take, CancellationToken cancellation)
    {
        while (true)
        {
            var asked = clock.GetUtcNow();
            var answer = await PageAsync(cookie, cancellation);
            switch (answer)
            {
                case DirectoryAnswer<ReplicaPage>.Ok(var page):
                    take(page);
                    if (!page.HasMore)
                    {
                        return DirectoryAnswer.Ok(asked);
                    }

                    if (string.Equals(page.Cookie, cookie, StringComparison.Ordinal))
                    {
                        return new DirectoryError.Other("EndlessFeed") { ServerText = "The feed says that there is more, and does not go on." };
                    }

                    cookie = page.Cookie;
                    break;
                case DirectoryAnswer<ReplicaPage>.Failed failed:
                    return failed.Error;
                case DirectoryAnswer<ReplicaPage>.Partial partial:
                    // A part looks like a whole that has lost people.
                    return partial.Why;
                default:
                    throw new InvalidOperationException("Unreachable: the hierarchy is closed.");
            }
        }
    }

    private async Task<DirectoryAnswer<ReplicaPage>> PageAsync(string? cookie, CancellationToken cancellation)
    {
        try
        {
            return await directory.ReplicaAsync(cookie, ObjectsPerPage, cancellation);
        }
        // An adapter does not throw; where one does all the same, the table stays as it is.
#pragma warning disable CA1031
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            logger.AdapterThrew(fault);
            return new DirectoryError.Other(fault.GetType().Name) { ServerText = fault.Message };
        }
    }
}
