using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace GroupPortal.Web.Tests;

internal static class BunitAssemblies
{
    // bUnit was compiled against AngleSharp.Diffing 1.0, which does not restore; 0.17 has all that it calls (docs/decisions/0005).
    [ModuleInitializer]
    internal static void AnswerForAngleSharpDiffing() =>
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "AngleSharp.Diffing.dll"))
            : null;
}
