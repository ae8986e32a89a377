using System.Reflection;
using GroupPortal.Tests;

namespace GroupPortal.Application.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void Application_never_sees_an_adapter() =>
        Assert.Empty(AssemblyReferences.OfThePortal(Assembly.Load("GroupPortal.Application")).Except(["GroupPortal.Core"]));
}
