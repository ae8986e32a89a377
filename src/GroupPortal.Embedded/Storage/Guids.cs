using System.Text.Json;

namespace GroupPortal.Embedded.Storage;

/// <summary>GUIDs as the file keeps them, and lists of values as one parameter (<c>json_each</c>).</summary>
internal static class Guids
{
    public static byte[] Bytes(this Guid id) => id.ToByteArray(bigEndian: true);

    public static Guid Read(Microsoft.Data.Sqlite.SqliteDataReader reader, int column) =>
        new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    /// <summary>For <c>SELECT unhex(value) FROM json_each($1)</c>: "N" writes the bytes in network order.</summary>
    public static string Json(IEnumerable<Guid> ids) => JsonSerializer.Serialize(ids.Select(id => id.ToString("N")));

    public static string Json(IEnumerable<long> ids) => JsonSerializer.Serialize(ids);

    public static string Json(IEnumerable<string> values) => JsonSerializer.Serialize(values);
}
