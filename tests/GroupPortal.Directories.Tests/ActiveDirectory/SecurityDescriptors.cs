using System.Buffers.Binary;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>Self-relative security descriptors ([MS-DTYP] 2.4.6), as far as tests grant rights.</summary>
internal static class SecurityDescriptors
{
    private const int Header = 20;
    private const int DaclOffset = 16;
    private const byte AllowedObject = 5;
    private const uint ControlAccess = 0x100;
    private const uint HasObjectType = 1;

    /// <summary>The same DACL, alone, with an extended right for one account before the others.</summary>
    public static byte[] WithRight(byte[] descriptor, Guid right, byte[] sid)
    {
        var acl = descriptor.AsSpan((int)BinaryPrimitives.ReadUInt32LittleEndian(descriptor.AsSpan(DaclOffset)));
        acl = acl[..BinaryPrimitives.ReadUInt16LittleEndian(acl[2..])];
        var entry = new byte[4 + 4 + 4 + 16 + sid.Length];
        entry[0] = AllowedObject;
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), (ushort)entry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), ControlAccess);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(8), HasObjectType);
        right.ToByteArray().CopyTo(entry, 12);
        sid.CopyTo(entry, 28);

        var result = new byte[Header + acl.Length + entry.Length];
        result[0] = 1;
        // Self-relative, with a DACL.
        BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(2), 0x8004);
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(DaclOffset), Header);
        var dacl = result.AsSpan(Header);
        acl[..8].CopyTo(dacl);
        BinaryPrimitives.WriteUInt16LittleEndian(dacl[2..], (ushort)(acl.Length + entry.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(dacl[4..], (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(acl[4..]) + 1));
        entry.CopyTo(dacl[8..]);
        acl[8..].CopyTo(dacl[(8 + entry.Length)..]);
        return result;
    }
}
