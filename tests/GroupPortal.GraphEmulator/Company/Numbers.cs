using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GroupPortal.GraphEmulation.Company;

/// <summary>Ids and choices that are the same at every start.</summary>
internal static class Numbers
{
    public static Guid Id(string kind, int index)
    {
        var hash = Hash(kind, index);
        hash[7] = (byte)((hash[7] & 0x0f) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16));
    }

    /// <summary>At least 0, less than a bound.</summary>
    public static int Below(int bound, string what, int index) => (int)(BitConverter.ToUInt32(Hash(what, index), 0) % (uint)bound);

    private static byte[] Hash(string what, int index) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what}/{index}")));
}
