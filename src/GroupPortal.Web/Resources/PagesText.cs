namespace GroupPortal.Web.Resources;

/// <summary>Names PagesText.resx: the texts of plans and results, of the lists and of the group page.</summary>
public sealed class PagesText
{
    private PagesText()
    {
    }
}
