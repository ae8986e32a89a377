using GroupPortal.Core.Criteria;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>A stretch of a text, marked where a problem stands.</summary>
internal readonly record struct TextPiece(string Text, bool IsMarked)
{
    /// <summary>The whole text in pieces. What is missing is marked at the sign before it, so that there is something to see.</summary>
    public static IReadOnlyList<TextPiece> Of(string text, IReadOnlyList<CriteriaProblem> problems)
    {
        var marked = new bool[text.Length];
        foreach (var problem in problems)
        {
            var start = Math.Clamp(problem.Length == 0 ? problem.Start - 1 : problem.Start, 0, Math.Max(0, text.Length - 1));
            var end = Math.Clamp(problem.Start + problem.Length, Math.Min(start + 1, text.Length), text.Length);
            Array.Fill(marked, true, Math.Min(start, text.Length), Math.Max(0, end - start));
        }

        var pieces = new List<TextPiece>();
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && marked[end] == marked[start])
            {
                end++;
            }

            pieces.Add(new TextPiece(text[start..end], marked[start]));
            start = end;
        }

        return pieces;
    }
}
