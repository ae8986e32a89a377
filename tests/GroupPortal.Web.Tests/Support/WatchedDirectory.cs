using System.Reflection;
using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Tests.Support;

/// <summary>A directory whose calls a test can see, hold up or answer itself.</summary>
public class WatchedDirectory : DispatchProxy
{
    private IDirectory _inner = null!;
    private Func<string, object?[], object?>? _answer;

    /// <param name="answer">By the method's name and arguments; null leaves it to the directory.</param>
    internal static IDirectory Around(IDirectory inner, Func<string, object?[], object?> answer)
    {
        var proxy = Create<IDirectory, WatchedDirectory>();
        var watched = (WatchedDirectory)(object)proxy;
        (watched._inner, watched._answer) = (inner, answer);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _answer!(targetMethod!.Name, args ?? []) ?? targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
}
