namespace GroupPortal.Web.Resources;

/// <summary>Names WizardText.resx: the texts of the wizard and the pickers, which have it as <c>W</c>.</summary>
public sealed class WizardText
{
    private WizardText()
    {
    }
}
