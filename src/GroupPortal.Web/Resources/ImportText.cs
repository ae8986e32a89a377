namespace GroupPortal.Web.Resources;

/// <summary>Names ImportText.resx: the texts of the import of queries, which has them as <c>I</c>.</summary>
public sealed class ImportText
{
    private ImportText()
    {
    }
}
