using System.Globalization;

namespace GroupPortal.TestDirectories.Processes;

/// <summary>Asks /proc, because kill(2) also finds the dead whom their parent has not fetched yet.</summary>
internal static class ProcessGroup
{
    public static bool IsAlive(int group)
    {
        var wanted = group.ToString(CultureInfo.InvariantCulture);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Status(folder) is [var state, _, var its, ..] && its == wanted && state is not ("Z" or "X"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>State, parent, process group: the fields behind the name, which may hold spaces and brackets.</summary>
    private static string[] Status(string folder)
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            return line[(line.LastIndexOf(')') + 2)..].Split(' ', 4);
        }
        catch (IOException)
        {
            // Gone between the listing and the reading.
            return [];
        }
    }
}
