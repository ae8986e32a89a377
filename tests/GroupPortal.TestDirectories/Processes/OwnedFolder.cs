using System.Net;

namespace GroupPortal.TestDirectories.Processes;

/// <summary>
/// A temporary folder that belongs to this process as long as it holds the lock beside it. Whoever makes the next one
/// removes those whose owner is dead. The name is reserved too, over all processes with this temporary folder.
/// </summary>
internal sealed class OwnedFolder : IDisposable
{
    private const string Prefix = "groupportal-run-";
    private const string Suffix = ".lock";

    private readonly FileStream _lock;

    private OwnedFolder(string path, FileStream hold)
    {
        Path = path;
        _lock = hold;
    }

    public string Path { get; }

    /// <summary>
    /// A folder, not made yet, and a loopback address that nobody else takes: the address stands in the folder's name.
    /// </summary>
    /// <param name="ports">Ports that must be free on the address.</param>
    public static (OwnedFolder Folder, IPAddress Address) Reserve(string kind, params IReadOnlyList<int> ports)
    {
        RemoveLeftovers();
        while (true)
        {
            var address = LoopbackAddress.Pick();
            if (LoopbackAddress.IsFree(address, ports) && TryReserve($"{kind}-{address}") is { } folder)
            {
                return (folder, address);
            }
        }
    }

    public void Dispose()
    {
        Remove(Path);
        File.Delete(_lock.Name);
        _lock.Dispose();
    }

    private static OwnedFolder? TryReserve(string name)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), Prefix + name);
        return TryLock(path + Suffix) is { } hold ? new OwnedFolder(path, hold) : null;
    }

    private static void RemoveLeftovers()
    {
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.GetTempPath(), Prefix + "*" + Suffix))
        {
            if (TryLock(file) is { } hold)
            {
                // Its servers died with it (OwnedProcess).
                Remove(file[..^Suffix.Length]);
                File.Delete(file);
                hold.Dispose();
            }
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Another's, who lives or is another user.
            return null;
        }
    }
}
