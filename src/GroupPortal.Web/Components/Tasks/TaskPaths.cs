using System.Globalization;

namespace GroupPortal.Web.Components.Tasks;

/// <summary>The addresses of update tasks.</summary>
internal static class TaskPaths
{
    public const string List = "/tasks";

    public static string Of(int store, long task) => string.Create(CultureInfo.InvariantCulture, $"{List}/{store}/{task}");
}
