using System.Reflection;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests;

public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("GroupPortal.Embedded")]
    [InlineData("GroupPortal.EntraId")]
    public void A_directory_knows_of_the_portal_only_Core(string adapter) =>
        Assert.Empty(AssemblyReferences.OfThePortal(Assembly.Load(adapter)).Except(["GroupPortal.Core"]));

    [Fact]
    public void The_domain_adapter_knows_Core_and_the_protocol() =>
        Assert.Empty(AssemblyReferences.OfThePortal(Assembly.Load("GroupPortal.ActiveDirectory")).Except(["GroupPortal.Core", "GroupPortal.Ldap"]));

    /// <summary>What a server does is not told by the code that is to cope with it.</summary>
    [Fact]
    public void The_test_servers_know_nothing_of_the_client_under_test() =>
        Assert.DoesNotContain("GroupPortal.Ldap", AssemblyReferences.OfThePortal(Assembly.Load("GroupPortal.TestDirectories")));

    [Fact]
    public void The_Graph_emulator_knows_nothing_of_the_portal() =>
        Assert.Empty(AssemblyReferences.OfThePortal(typeof(GraphEmulation.GraphEmulator).Assembly));

    [Fact]
    public void The_Graph_emulator_does_not_use_the_package_of_the_client_under_test() =>
        Assert.DoesNotContain(
            typeof(GraphEmulation.GraphEmulator).Assembly.GetReferencedAssemblies(),
            name => name.Name!.StartsWith("Microsoft.Graph", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.Kiota", StringComparison.Ordinal));

    [Fact]
    public void The_product_refers_to_no_test_project() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories),
            project => File.ReadAllText(project).Contains("/tests/", StringComparison.Ordinal));
}
