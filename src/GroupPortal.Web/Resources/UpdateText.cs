namespace GroupPortal.Web.Resources;

/// <summary>Names UpdateText.resx: the texts of schedules, update tasks, held updates and the list of smart groups, which have it as <c>U</c>.</summary>
public sealed class UpdateText
{
    private UpdateText()
    {
    }
}
