namespace GroupPortal.ActiveDirectory;

/// <summary>The service account's password, from outside of the settings. A problem never quotes what was read.</summary>
internal static class PasswordSource
{
    /// <summary>More than a password ever has: whoever names a wrong file is told so.</summary>
    private const int LargestFile = 4096;

    /// <param name="folder">Where a relative path starts.</param>
    public static string? Read(DomainOptions options, string key, string folder, ICollection<string> failures)
    {
        var (file, variable) = (options.PasswordFile.Trim(), options.PasswordVariable.Trim());
        switch (file.Length > 0, variable.Length > 0)
        {
            case (true, true):
                failures.Add($"{key}:{nameof(options.PasswordFile)} and {key}:{nameof(options.PasswordVariable)} are both set. Leave one of them out.");
                return null;
            case (false, false):
                failures.Add($"{key}:{nameof(options.PasswordFile)} names the file with the account's password, or {key}:{nameof(options.PasswordVariable)} the environment variable. Set one of them.");
                return null;
            case (true, false):
                return FromFile(Path.Combine(folder, file), $"{key}:{nameof(options.PasswordFile)}", failures);
            default:
                var value = Environment.GetEnvironmentVariable(variable);
                if (string.IsNullOrEmpty(value))
                {
                    failures.Add($"{key}:{nameof(options.PasswordVariable)}: the environment variable {variable} is {(value is null ? "not set" : "empty")}.");
                    return null;
                }

                return value;
        }
    }

    private static string? FromFile(string path, string key, ICollection<string> failures)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                failures.Add($"{key}: {path} is too large for a password. It holds the password and nothing else.");
                return null;
            }

            // An editor ends the last line; the password does not have that.
            var password = File.ReadAllText(path).TrimEnd('\r', '\n');
            if (password.Length == 0)
            {
                failures.Add($"{key}: {path} is empty. It holds the password and nothing else.");
                return null;
            }

            return password;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            failures.Add($"{key}: the password cannot be read. {exception.Message}");
            return null;
        }
    }
}
