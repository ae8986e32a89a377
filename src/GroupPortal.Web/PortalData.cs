using Microsoft.Extensions.Options;

namespace GroupPortal.Web;

/// <summary>The data directory as an absolute path, made if it is not there, and closed to other users of the machine.</summary>
public sealed class PortalData(IOptions<PortalOptions> options, IWebHostEnvironment environment)
{
    public DirectoryInfo Root { get; } = Create(Path.Combine(environment.ContentRootPath, options.Value.DataDirectory));

    private static DirectoryInfo Create(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
