using GroupPortal.Directories.Tests.Ldap.Hostile;

namespace GroupPortal.Directories.Tests;

/// <summary>The tests are run by their runner. Run as a program this is the client of <see cref="HostileFixture"/>.</summary>
internal static class Program
{
    public static Task Main(string[] arguments) => HostileClient.RunAsync(arguments[0]);
}
