using System.Globalization;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>The way to a criterion, as <see cref="Core.Criteria.Criterion.Children"/> numbers it: <c>0.2.1</c>; the root's is empty.</summary>
public static class CriteriaPath
{
    public static IReadOnlyList<int> Steps(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length == 0 ? [] : [.. path.Split('.').Select(step => int.Parse(step, CultureInfo.InvariantCulture))];
    }

    public static string Of(IEnumerable<int> steps) => string.Join('.', steps.Select(step => step.ToString(CultureInfo.InvariantCulture)));

    public static string Join(string path, int step)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Length == 0 ? step.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{path}.{step}");
    }

    public static bool IsAtOrUnder(string path, string above)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(above);
        return above.Length == 0 || path == above || (path.Length > above.Length && path[above.Length] == '.' && path.StartsWith(above, StringComparison.Ordinal));
    }
}
