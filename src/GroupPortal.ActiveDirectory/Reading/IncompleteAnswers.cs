using GroupPortal.Core.Directories;

namespace GroupPortal.ActiveDirectory.Reading;

internal static class IncompleteAnswers
{
    /// <summary>
    /// Why an answer is not a whole one. What is worked out from a part of what it needs would be wrong and look right, so the
    /// error takes its place.
    /// </summary>
    public static DirectoryError WhyNot<T>(this DirectoryAnswer<T> answer) => answer switch
    {
        DirectoryAnswer<T>.Failed failed => failed.Error,
        DirectoryAnswer<T>.Partial partial => partial.Why,
        _ => throw new InvalidOperationException("A whole answer is no error."),
    };
}
