namespace GroupPortal.Web.Resources;

/// <summary>
/// Names SharedText.resx for <c>IStringLocalizer&lt;SharedText&gt;</c>, which every component has as <c>T</c>.
/// An area with many texts of its own adds a class and a .resx beside this one and injects that.
/// </summary>
public sealed class SharedText
{
    private SharedText()
    {
    }
}
