using System.Reflection;

namespace GroupPortal.Tests;

/// <summary>What a compiled assembly refers to, read from its metadata: the compiler drops references nobody uses.</summary>
internal static class AssemblyReferences
{
    private static readonly string[] Framework = ["System", "Microsoft.", "netstandard", "mscorlib"];

    public static string[] BeyondTheFramework(Assembly assembly) =>
        [.. assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !Framework.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];

    public static string[] OfThePortal(Assembly assembly) =>
        [.. BeyondTheFramework(assembly).Where(name => name.StartsWith("GroupPortal.", StringComparison.Ordinal))];
}
