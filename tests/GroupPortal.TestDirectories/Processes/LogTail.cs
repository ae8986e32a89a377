namespace GroupPortal.TestDirectories.Processes;

internal static class LogTail
{
    private const int Lines = 40;

    public static string Of(string file) => File.Exists(file) ? string.Join('\n', File.ReadLines(file).TakeLast(Lines)) : "(no log)";
}
