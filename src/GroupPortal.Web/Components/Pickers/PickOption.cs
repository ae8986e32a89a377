using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>One line of a picker's list.</summary>
/// <param name="WhyNot">Why it cannot be chosen, in words; null where it can.</param>
/// <param name="IsChosen">Chosen already.</param>
public sealed record PickOption(DirectoryObject Object, string? WhyNot, bool IsChosen)
{
    public bool CanBeChosen => WhyNot is null && !IsChosen;

    /// <summary>The second line: title and department.</summary>
    public string Detail => string.Join(", ", new[] { Object.Title, Object.Department }.Where(text => !string.IsNullOrWhiteSpace(text)));

    /// <param name="whyNot">The code of the reason against an object; null where there is none.</param>
    public static PickOption From(DirectoryObject found, IReadOnlySet<Guid> chosen, Func<DirectoryObject, string?>? whyNot)
    {
        var code = whyNot?.Invoke(found);
        return new PickOption(found, code is null ? null : Texts.Format("Problem." + code, found.Label), chosen.Contains(found.Id));
    }
}
