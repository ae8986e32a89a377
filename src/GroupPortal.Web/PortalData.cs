using Microsoft.Extensions.Options;

namespace GroupPortal.Web;

/// <summary>The data directory as an absolute path, made if it is not there, and closed to other users of the machine.</summary>
public sealed class PortalData(IOptions<PortalOptions> options, IWebHostEnvironment environment)
{
    public DirectoryInfo Root { get; } = Create(Path.Combine(environment.ContentRootPath, options.Value.DataDirectory));

    /// <summary>The same folder before there are services.</summary>
    internal static DirectoryInfo FolderOf(IConfiguration configuration, IWebHostEnvironment environment) =>
        Create(Path.Combine(environment.ContentRootPath, OptionsOf(configuration).DataDirectory));

    /// <summary>Why nothing can be kept there, in a sentence; null when all is well.</summary>
    internal static string? ProblemOf(IConfiguration configuration, IWebHostEnvironment environment)
    {
        const string Key = $"{PortalOptions.Section}:{nameof(PortalOptions.DataDirectory)}";
        if (string.IsNullOrWhiteSpace(OptionsOf(configuration).DataDirectory))
        {
            return $"{Key} is empty. Name the directory in which the portal keeps its state.";
        }

        var path = Path.Combine(environment.ContentRootPath, OptionsOf(configuration).DataDirectory);
        try
        {
            var probe = Path.Combine(Create(path).FullName, $".write-{Guid.NewGuid():N}");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{Key}: nothing can be written to {path}. {exception.Message}";
        }
    }

    private static PortalOptions OptionsOf(IConfiguration configuration) =>
        configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();

    private static DirectoryInfo Create(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
