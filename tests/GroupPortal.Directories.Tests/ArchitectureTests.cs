using System.Reflection;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests;

public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("GroupPortal.Embedded")]
    public void A_directory_knows_of_the_portal_only_Core(string adapter) =>
        Assert.Empty(AssemblyReferences.OfThePortal(Assembly.Load(adapter)).Except(["GroupPortal.Core"]));

    [Fact]
    public void The_domain_adapter_knows_Core_and_the_protocol() =>
        Assert.Empty(AssemblyReferences.OfThePortal(Assembly.Load("GroupPortal.ActiveDirectory")).Except(["GroupPortal.Core", "GroupPortal.Ldap"]));

    [Fact]
    public void The_product_refers_to_no_test_project() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories),
            project => File.ReadAllText(project).Contains("/tests/", StringComparison.Ordinal));
}
