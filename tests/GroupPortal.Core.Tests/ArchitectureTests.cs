using System.Reflection;
using GroupPortal.Tests;

namespace GroupPortal.Core.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Core_needs_the_framework_and_FluentValidation_only() =>
        Assert.Empty(AssemblyReferences.BeyondTheFramework(Assembly.Load("GroupPortal.Core")).Except(["FluentValidation"]));
}
