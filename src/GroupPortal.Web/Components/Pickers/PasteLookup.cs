using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>A reference that fits several objects, and the one that somebody said was meant.</summary>
public sealed class AmbiguousReference(string reference, IReadOnlyList<DirectoryObject> candidates)
{
    public string Reference { get; } = reference;

    public IReadOnlyList<DirectoryObject> Candidates { get; } = candidates;

    public DirectoryObject? Meant { get; set; }
}

/// <summary>What pasted references led to.</summary>
public sealed class PasteOutcome
{
    private readonly HashSet<Guid> _seen = [];

    public List<DirectoryObject> Found { get; } = [];

    public List<string> NotFound { get; } = [];

    public List<AmbiguousReference> Ambiguous { get; } = [];

    /// <summary>Why some could not be looked up; null when all were.</summary>
    public DirectoryError? Error { get; set; }

    public void Add(string reference, ReferenceMatch match)
    {
        switch (match)
        {
            case ReferenceMatch.Found(var found) when _seen.Add(found.Id):
                Found.Add(found);
                break;
            case ReferenceMatch.NotFound:
                NotFound.Add(reference);
                break;
            case ReferenceMatch.Ambiguous(var candidates):
                Ambiguous.Add(new AmbiguousReference(reference, candidates));
                break;
            default:
                break; // Found before, under another of its names.
        }
    }
}

/// <summary>Looks pasted references up in portions, so that progress shows and one can stop.</summary>
public static class PasteLookup
{
    public const int Portion = 1000;

    public static async Task<PasteOutcome> ResolveAsync(
        GroupReader groups,
        int storeId,
        IReadOnlyCollection<ObjectKind> kinds,
        IReadOnlyList<string> references,
        Func<int, Task> progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(progress);
        var outcome = new PasteOutcome();
        var done = 0;
        foreach (var portion in references.Chunk(Portion))
        {
            cancellation.ThrowIfCancellationRequested();
            var answer = await groups.ResolveAsync(storeId, portion, kinds, cancellation);
            if (answer is DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Failed(var error))
            {
                outcome.Error = error;
                return outcome;
            }

            var matches = answer switch
            {
                DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok(var all) => all,
                DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Partial(var some, var why) => Partly(some, outcome, why),
                _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
            };
            foreach (var reference in portion)
            {
                if (matches.TryGetValue(reference, out var match))
                {
                    outcome.Add(reference, match);
                }
            }

            done += portion.Length;
            await progress(done);
        }

        return outcome;
    }

    private static IReadOnlyDictionary<string, ReferenceMatch> Partly(
        IReadOnlyDictionary<string, ReferenceMatch> some, PasteOutcome outcome, DirectoryError why)
    {
        outcome.Error = why;
        return some;
    }
}
