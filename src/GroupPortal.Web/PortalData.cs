using Microsoft.Extensions.Options;

namespace GroupPortal.Web;

/// <summary>The data directory as an absolute path, made if it is not there, and closed to other users of the machine.</summary>
public sealed class PortalData(IOptions<PortalOptions> options, IWebHostEnvironment environment)
{
    public DirectoryInfo Root { get; } = Create(Path.Combine(environment.ContentRootPath, options.Value.DataDirectory));

    /// <summary>The same folder before there are services.</summary>
    internal static DirectoryInfo FolderOf(IConfiguration configuration, IWebHostEnvironment environment)
    {
        var options = configuration.GetSection(PortalOptions.Section).Get<PortalOptions>() ?? new PortalOptions();
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
        {
            throw new OptionsValidationException(PortalOptions.Section, typeof(PortalOptions), [PortalOptions.DataDirectoryMissing]);
        }

        return Create(Path.Combine(environment.ContentRootPath, options.DataDirectory));
    }

    private static DirectoryInfo Create(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
