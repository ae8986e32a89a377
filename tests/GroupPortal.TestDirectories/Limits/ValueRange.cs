using System.Globalization;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>A range of an attribute's values as a search asks for it ([MS-ADTS] 3.1.1.3.1.3.3): <c>member;range=1500-*</c>.</summary>
/// <param name="Count">How many values are given at most.</param>
internal sealed record ValueRange(string Attribute, int First, int Count)
{
    private const string Option = ";range=";

    /// <summary>What the controller is asked; where it reaches the last value it answers <c>*</c> by itself.</summary>
    public string Asked => Name(Attribute, First, First + Count - 1);

    /// <summary>Null when a description has no range, or one that is left to the controller to refuse.</summary>
    public static ValueRange? Of(string description, int maximum)
    {
        var option = description.IndexOf(Option, StringComparison.OrdinalIgnoreCase);
        if (option < 0 || description[(option + Option.Length)..].Split('-') is not [var low, var high] || Number(low) is not { } first)
        {
            return null;
        }

        var count = high == "*" ? maximum : Number(high) is { } last && last >= first ? Math.Min(maximum, last - first + 1) : 0;
        return count == 0 ? null : new ValueRange(description[..option], first, count);
    }

    /// <summary>Whether a description of an answer says that there is more.</summary>
    public static bool HasMore(string description) =>
        description.Contains(Option, StringComparison.OrdinalIgnoreCase) && !description.EndsWith('*');

    public static string Name(string attribute, int first, int last) =>
        string.Create(CultureInfo.InvariantCulture, $"{attribute}{Option}{first}-{last}");

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
