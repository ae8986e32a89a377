using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GroupPortal.Core.Plans;

/// <summary>The fingerprint of everything that apply would follow: what was looked at is what is applied.</summary>
public static class PlanHash
{
    public static string Of(GroupPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, plan.Kind.ToString());
        Append(hash, plan.StoreId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Append(hash, plan.GroupId?.ToString("N") ?? string.Empty);
        Append(hash, plan.GroupDn);
        Append(hash, plan.BaseVersion?.ETag ?? string.Empty);
        foreach (var step in plan.Steps)
        {
            Append(hash, step.Action.ToString());
            Append(hash, step.Path);
            Append(hash, step.Target?.Id.ToString("N") ?? string.Empty);
            Append(hash, step.Problem?.Code ?? string.Empty);
            Append(hash, step.Before);
            Append(hash, step.After);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, IReadOnlyList<string> values)
    {
        Span<byte> count = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(count, values.Count);
        hash.AppendData(count);
        foreach (var value in values)
        {
            Append(hash, value);
        }
    }

    /// <summary>Length before text: no two lists of texts give the same bytes.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        hash.AppendData(length);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
