using GroupPortal.Core.Directories;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>What an object is, at a glance: a person's initials, else the icon of its kind. For the eye only.</summary>
public sealed partial class KindMark
{
    [Parameter, EditorRequired]
    public ObjectKind Kind { get; set; }

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    private string Initials
    {
        get
        {
            var words = Label.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words.Length switch
            {
                0 => "?",
                1 => First(words[0]),
                _ => First(words[0]) + First(words[^1]),
            };
        }
    }

    private static string IconOf(ObjectKind kind) => kind switch
    {
        ObjectKind.Contact => "contact",
        ObjectKind.Group => "users",
        ObjectKind.Computer or ObjectKind.Device => "monitor",
        ObjectKind.OrganizationalUnit => "folder",
        ObjectKind.ServicePrincipal => "application",
        _ => "user",
    };

    // A whole character, also where it takes two units.
    private static string First(string word) => System.Globalization.StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
