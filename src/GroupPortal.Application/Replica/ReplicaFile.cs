using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Replica;

/// <summary>What the file of a replica holds.</summary>
/// <param name="Cookie">Where the feed is read on.</param>
/// <param name="Loss">What is missing since when, or null.</param>
internal sealed record SavedReplica(ReplicaTable Table, string Cookie, DateTimeOffset AsOf, ReplicaLoss? Loss);

/// <summary>A reading from the beginning found clearly less than was there before.</summary>
/// <param name="Before">Objects that were there.</param>
internal sealed record ReplicaLoss(int Before, DateTimeOffset Since);

/// <summary>
/// The copy of one store on disk, <c>replica-&lt;store&gt;.bin</c>, so that a portal that starts again need not read everything.
/// There and whole, or not believed: a head with its own checksum (form, store, cookie, time), then the table with its own.
/// </summary>
internal sealed class ReplicaFile(string folder, IdentityStore store)
{
    private const string Form = "GroupPortal replica 2";

    public string Path { get; } = System.IO.Path.Combine(
        folder, string.Create(CultureInfo.InvariantCulture, $"replica-{store.Id}.bin"));

    /// <summary>Null when there is none.</summary>
    /// <exception cref="InvalidDataException">Damaged, or of another store or form.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public SavedReplica? Read(CriteriaVocabulary vocabulary)
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        try
        {
            var length = reader.ReadInt32();
            // The cookie is the longest of it; a length from a damaged file is not asked of memory.
            if (length is < 0 or > 1 << 20)
            {
                throw new InvalidDataException("The head has no possible length.");
            }

            var head = reader.ReadBytes(length);
            if (!reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(SHA256.HashData(head)))
            {
                throw new InvalidDataException("The head does not fit its checksum.");
            }

            var (cookie, asOf, loss) = ReadHead(head);
            return new SavedReplica(ReplicaTable.Load(file, vocabulary), cookie, asOf, loss);
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException("The file ends too early.", cut);
        }
    }

    /// <summary>What <see cref="Write"/> writes, in memory: the table may not change meanwhile.</summary>
    public byte[] Image(ReplicaTable table, string cookie, DateTimeOffset asOf, ReplicaLoss? loss)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            var head = Head(cookie, asOf, loss);
            writer.Write(head.Length);
            writer.Write(head);
            writer.Write(SHA256.HashData(head));
        }

        table.Save(memory);
        return memory.ToArray();
    }

    /// <summary>Beside, and then renamed: whoever is killed half way leaves the old one.</summary>
    public void Write(byte[] image)
    {
        var draft = Path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            // It holds what the directory says of everybody.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(image);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, Path, overwrite: true);
    }

    private byte[] Head(string cookie, DateTimeOffset asOf, ReplicaLoss? loss)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.UTF8);
        writer.Write(Form);
        writer.Write(store.Id);
        writer.Write((int)store.Kind);
        writer.Write(store.BaseDn);
        writer.Write(cookie);
        writer.Write(asOf.UtcTicks);
        writer.Write(loss?.Before ?? 0);
        writer.Write(loss?.Since.UtcTicks ?? 0);
        writer.Flush();
        return memory.ToArray();
    }

    private (string Cookie, DateTimeOffset AsOf, ReplicaLoss? Loss) ReadHead(byte[] head)
    {
        using var reader = new BinaryReader(new MemoryStream(head), Encoding.UTF8);
        if (!string.Equals(reader.ReadString(), Form, StringComparison.Ordinal))
        {
            throw new InvalidDataException("Another form of file.");
        }

        var isOurs = reader.ReadInt32() == store.Id;
        isOurs &= reader.ReadInt32() == (int)store.Kind;
        isOurs &= string.Equals(reader.ReadString(), store.BaseDn, StringComparison.OrdinalIgnoreCase);
        if (!isOurs)
        {
            throw new InvalidDataException("Of another store.");
        }

        var (cookie, asOf, before, since) = (reader.ReadString(), Time(reader.ReadInt64()), reader.ReadInt32(), Time(reader.ReadInt64()));
        return (cookie, asOf, before > 0 ? new ReplicaLoss(before, since) : null);

        static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
    }
}
