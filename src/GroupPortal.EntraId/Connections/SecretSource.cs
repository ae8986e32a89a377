namespace GroupPortal.EntraId;

/// <summary>A secret from outside of the settings: a file or an environment variable. A problem never quotes what was read.</summary>
/// <param name="Secret">What it is, for whoever reads the problem: "client secret".</param>
internal sealed record SecretSource(string Secret, string File, string FileKey, string Variable, string VariableKey)
{
    /// <summary>More than a secret ever has: whoever names a wrong file is told so.</summary>
    private const int LargestFile = 4096;

    public bool IsGiven => File.Trim().Length > 0 || Variable.Trim().Length > 0;

    /// <param name="folder">Where a relative path starts.</param>
    public string? Read(string folder, ICollection<string> failures)
    {
        var (file, variable) = (File.Trim(), Variable.Trim());
        switch (file.Length > 0, variable.Length > 0)
        {
            case (true, true):
                failures.Add($"{FileKey} and {VariableKey} are both set. Leave one of them out.");
                return null;
            case (false, false):
                failures.Add($"{FileKey} names the file with the {Secret}, or {VariableKey} the environment variable. Set one of them.");
                return null;
            case (true, false):
                return FromFile(Path.Combine(folder, file), failures);
            default:
                var value = Environment.GetEnvironmentVariable(variable);
                if (string.IsNullOrEmpty(value))
                {
                    failures.Add($"{VariableKey}: the environment variable {variable} is {(value is null ? "not set" : "empty")}.");
                    return null;
                }

                return value;
        }
    }

    private string? FromFile(string path, ICollection<string> failures)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                failures.Add($"{FileKey}: {path} is too large for a {Secret}. It holds that and nothing else.");
                return null;
            }

            // An editor ends the last line; the secret does not have that.
            var secret = System.IO.File.ReadAllText(path).TrimEnd('\r', '\n');
            if (secret.Length == 0)
            {
                failures.Add($"{FileKey}: {path} is empty. It holds the {Secret} and nothing else.");
                return null;
            }

            return secret;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            failures.Add($"{FileKey}: the {Secret} cannot be read. {exception.Message}");
            return null;
        }
    }
}
