namespace GroupPortal.Web.Resources;

/// <summary>Names RuleText.resx: the texts of the criteria builder and of the effect panel, which have it as <c>R</c>.</summary>
public sealed class RuleText
{
    private RuleText()
    {
    }
}
