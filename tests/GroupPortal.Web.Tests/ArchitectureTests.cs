using System.Reflection;
using System.Text.RegularExpressions;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests;

public sealed partial class ArchitectureTests
{
    [Fact]
    public void Web_refers_to_Core_Application_and_adapters_only() =>
        Assert.Empty(AssemblyReferences.OfThePortal(Assembly.Load("GroupPortal.Web")).Except(
            ["GroupPortal.Core", "GroupPortal.Application", "GroupPortal.Embedded", "GroupPortal.ActiveDirectory", "GroupPortal.EntraId"]));

    [Fact]
    public void Components_know_no_adapter()
    {
        var components = Path.Combine(Repository.Root, "src", "GroupPortal.Web", "Components");
        var offenders =
            from file in Directory.EnumerateFiles(components, "*", SearchOption.AllDirectories)
            where file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)
            where AdapterName().IsMatch(File.ReadAllText(file))
            select Path.GetRelativePath(components, file);

        Assert.Empty(offenders);
    }

    [GeneratedRegex(@"\bGroupPortal\.(Embedded|ActiveDirectory|EntraId|Ldap)\b")]
    private static partial Regex AdapterName();
}
