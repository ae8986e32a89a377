using System.Globalization;
using System.Text;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// The writes of a plan that are still to be sent, in order. It begins as <see cref="IDirectory.Batch"/>, and a refused
/// write is replaced by its pieces. Both are pure, so replaying the journal leads a new process to the same queue.
/// </summary>
internal sealed class WriteQueue
{
    private readonly Stack<DirectoryWrite> _left;

    public WriteQueue(IReadOnlyList<DirectoryWrite> writes) => _left = new Stack<DirectoryWrite>(writes.Reverse());

    public DirectoryWrite? Next => _left.TryPeek(out var write) ? write : null;

    public int Count => _left.Count;

    public bool IsEmpty => _left.Count == 0;

    /// <summary>The next write is done with.</summary>
    public void Advance() => _left.Pop();

    /// <summary>The pieces come in the next write's place.</summary>
    public void Replace(IReadOnlyList<DirectoryWrite> pieces)
    {
        _left.Pop();
        foreach (var piece in pieces.Reverse())
        {
            _left.Push(piece);
        }
    }

    /// <summary>The kind and the step ranges of a write, <c>ChangeMembers 4-23</c>: equal descriptions of one plan are the same write.</summary>
    public static string Describe(DirectoryWrite write)
    {
        var text = new StringBuilder(write.GetType().Name);
        int? first = null;
        var last = 0;
        foreach (var step in write.Steps.Order())
        {
            if (first is not null && step <= last + 1)
            {
                last = step;
                continue;
            }

            Append();
            first = last = step;
        }

        Append();
        return text.ToString();

        void Append()
        {
            if (first is { } start)
            {
                text.Append(CultureInfo.InvariantCulture, $" {start}");
                if (last > start)
                {
                    text.Append(CultureInfo.InvariantCulture, $"-{last}");
                }
            }
        }
    }
}
