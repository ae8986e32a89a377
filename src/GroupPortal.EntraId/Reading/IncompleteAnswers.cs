using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

internal static class IncompleteAnswers
{
    /// <summary>The reason of an answer that is not whole, for callers that can do nothing with a part.</summary>
    public static DirectoryError WhyNot<T>(this DirectoryAnswer<T> answer) => answer switch
    {
        DirectoryAnswer<T>.Failed failed => failed.Error,
        DirectoryAnswer<T>.Partial partial => partial.Why,
        _ => throw new InvalidOperationException("The answer is whole."),
    };
}
