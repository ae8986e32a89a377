namespace GroupPortal.TestDirectories.Processes;

/// <summary>One process at a time, over all processes; let go when the holder ends, however it ends.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public static async Task<IAsyncDisposable> WaitAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Poll, cancellation);
            }
        }
    }
}
