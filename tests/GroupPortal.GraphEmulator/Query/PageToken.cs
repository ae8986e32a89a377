using System.Buffers.Text;
using System.Globalization;
using System.Text;
using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Query;

/// <summary>Where the next page begins: after a place in natural order, or at an offset of a sorted list.</summary>
internal readonly record struct PageToken(bool IsOffset, long Place)
{
    public static PageToken Start { get; } = new(IsOffset: false, -1);

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(IsOffset ? 'o' : 's')}{Place}")));

    public static PageToken Parse(string? text)
    {
        if (text is null)
        {
            return Start;
        }

        try
        {
            var plain = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text));
            return new PageToken(plain[0] == 'o', long.Parse(plain.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture));
        }
        catch (Exception broken) when (broken is FormatException or IndexOutOfRangeException or OverflowException)
        {
            throw new GraphError(400, "Directory_ExpiredPageToken", "The specified page token value has expired and is no longer valid.");
        }
    }
}
