using System.Text;

namespace GroupPortal.Core.Tables;

/// <summary>How the bytes of a file stand for text.</summary>
public enum FileEncoding
{
    Utf8,
    Utf8WithMark,
    Utf16,
    Utf16BigEndian,

    /// <summary>Western European, what Excel writes on Windows where nothing else is chosen.</summary>
    Windows1252,
}

/// <summary>The text of a file, and how it was recognised: shown to the person, who knows better.</summary>
public sealed record FileText(string Text, FileEncoding Encoding)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>
    /// By its byte order mark; else UTF-16 where every other byte of the beginning is zero, UTF-8 where the bytes are valid
    /// UTF-8, and Windows-1252 for the rest. Never throws; the mark is no part of the text.
    /// </summary>
    public static FileText Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            return new FileText(Encoding8(bytes[3..]) ?? Western.GetString(bytes[3..]), FileEncoding.Utf8WithMark);
        }

        if (bytes.StartsWith<byte>([0xFF, 0xFE]))
        {
            return new FileText(System.Text.Encoding.Unicode.GetString(bytes[2..]), FileEncoding.Utf16);
        }

        if (bytes.StartsWith<byte>([0xFE, 0xFF]))
        {
            return new FileText(System.Text.Encoding.BigEndianUnicode.GetString(bytes[2..]), FileEncoding.Utf16BigEndian);
        }

        if (ZerosAt(bytes, 1))
        {
            return new FileText(System.Text.Encoding.Unicode.GetString(bytes), FileEncoding.Utf16);
        }

        if (ZerosAt(bytes, 0))
        {
            return new FileText(System.Text.Encoding.BigEndianUnicode.GetString(bytes), FileEncoding.Utf16BigEndian);
        }

        return Encoding8(bytes) is { } text ? new FileText(text, FileEncoding.Utf8) : new FileText(Western.GetString(bytes), FileEncoding.Windows1252);
    }

    /// <summary>Whether most characters of the beginning are of the Latin alphabet in UTF-16, the zero byte at this place of the pair.</summary>
    private static bool ZerosAt(ReadOnlySpan<byte> bytes, int place)
    {
        var pairs = Math.Min(bytes.Length, 512) / 2;
        var (zeros, others) = (0, 0);
        for (var pair = 0; pair < pairs; pair++)
        {
            zeros += bytes[(pair * 2) + place] == 0 ? 1 : 0;
            others += bytes[(pair * 2) + 1 - place] == 0 ? 1 : 0;
        }

        return pairs > 0 && others == 0 && zeros * 2 > pairs;
    }

    private static string? Encoding8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
