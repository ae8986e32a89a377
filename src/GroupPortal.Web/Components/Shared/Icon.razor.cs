using System.Collections.Frozen;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>An outline icon of the one family, for the eye only: the text beside it, or the label of its button, says it in words.</summary>
public sealed partial class Icon
{
    // Strokes on a 24 x 24 field.
    private static readonly FrozenDictionary<string, string> Outlines = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["home"] = "M4 10.5 12 4l8 6.5V19a1 1 0 0 1-1 1h-4.5v-6h-5v6H5a1 1 0 0 1-1-1z",
        ["users"] = "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.4-3.2 3-5 6.5-5s6.1 1.8 6.5 5M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.9c2 .7 3.2 2.3 3.5 4.6",
        ["user"] = "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.6-3.6 3.5-5.5 7.5-5.5s6.9 1.9 7.5 5.5",
        ["plus"] = "M12 5v14M5 12h14",
        ["minus"] = "M5 12h14",
        ["equals"] = "M5 9h14M5 15h14",
        ["check"] = "M5 12.5 10 17.5 19.5 7",
        ["cross"] = "M6 6l12 12M18 6 6 18",
        ["panel"] = "M5 4h14a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 19 20H5a1.5 1.5 0 0 1-1.5-1.5v-13A1.5 1.5 0 0 1 5 4zM9.5 4v16",
        ["search"] = "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5",
        ["sun"] = "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
        ["moon"] = "M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2z",
        ["monitor"] = "M4.5 4.5h15A1.5 1.5 0 0 1 21 6v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 15V6a1.5 1.5 0 0 1 1.5-1.5zM8.5 20h7M12 16.5V20",
        ["log-out"] = "M10 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h4M15.5 16l4-4-4-4M19.5 12H9.5",
        ["copy"] = "M10 8.5h8.5A1.5 1.5 0 0 1 20 10v8.5a1.5 1.5 0 0 1-1.5 1.5H10a1.5 1.5 0 0 1-1.5-1.5V10A1.5 1.5 0 0 1 10 8.5zM5.5 15.5A1.5 1.5 0 0 1 4 14V5.5A1.5 1.5 0 0 1 5.5 4H14a1.5 1.5 0 0 1 1.5 1.5",
        ["alert"] = "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1",
        ["info"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.8v.1",
        ["clock"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
        ["lock"] = "M6.5 10.5h11A1.5 1.5 0 0 1 19 12v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19v-7a1.5 1.5 0 0 1 1.5-1.5zM8 10.5V7.5a4 4 0 0 1 8 0v3",
        ["inbox"] = "M4 13.5 6.5 5.5h11l2.5 8v4A1.5 1.5 0 0 1 18.5 19h-13A1.5 1.5 0 0 1 4 17.5zM4 13.5h4.5l1.5 2.5h4l1.5-2.5H20",
        ["pencil"] = "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5",
        ["trash"] = "M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5l1 13.5h9l1-13.5M10 10.5v6M14 10.5v6",
        ["calendar"] = "M5.5 5.5h13A1.5 1.5 0 0 1 20 7v11.5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5V7a1.5 1.5 0 0 1 1.5-1.5zM4 10h16M8 3.5v4M16 3.5v4",
        ["notebook"] = "M7 3.5h10.5A1.5 1.5 0 0 1 19 5v14a1.5 1.5 0 0 1-1.5 1.5H7zM7 3.5v17M4.5 7.5H7M4.5 12H7M4.5 16.5H7M10.5 8H15",
        ["external"] = "M13.5 4.5h6v6M19 5l-8.5 8.5M10 5.5H6A1.5 1.5 0 0 0 4.5 7v11A1.5 1.5 0 0 0 6 19.5h11a1.5 1.5 0 0 0 1.5-1.5v-4",
        ["settings"] = "M4 7h9M17 7h3M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM4 17h3M11 17h9M9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
        ["undo"] = "M8.5 4.5 4 9l4.5 4.5M4 9h10a6 6 0 0 1 0 12h-3",
        ["refresh"] = "M20 5v5h-5M4 19v-5h5M19.3 10A8 8 0 0 0 5.2 8M4.7 14a8 8 0 0 0 14.1 2",
        ["download"] = "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
        ["chevron-left"] = "M14.5 6l-6 6 6 6",
        ["chevron-right"] = "M9.5 6l6 6-6 6",
        ["chevron-down"] = "M6 9.5l6 6 6-6",
        ["arrow-right"] = "M5 12h14M13 6l6 6-6 6",
        ["arrow-up"] = "M12 19V5M6 11l6-6 6 6",
        ["arrow-down"] = "M12 5v14M6 13l6 6 6-6",
        ["rows"] = "M4 6h16M4 10h16M4 14h16M4 18h16",
        ["arrow-left"] = "M19 12H5M11 6l-6 6 6 6",
        ["chevron-up"] = "M6 14.5l6-6 6 6",
        ["clipboard-list"] = "M9 5H6.5A1.5 1.5 0 0 0 5 6.5v12A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5v-12A1.5 1.5 0 0 0 17.5 5H15M9.5 3.5h5v3h-5zM9 11h6M9 15h6",
        ["grip"] = "M9 6v.1M9 12v.1M9 18v.1M15 6v.1M15 12v.1M15 18v.1",
        ["ungroup"] = "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M9 9h6v6H9z",
        ["sort"] = "M8 5v14M4.5 15.5 8 19l3.5-3.5M16 19V5M12.5 8.5 16 5l3.5 3.5",
        ["folder"] = "M3.5 18V6A1.5 1.5 0 0 1 5 4.5h4l2 2.5h8A1.5 1.5 0 0 1 20.5 8.5V18a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18z",
        ["directory"] = "M12 8.5c4.1 0 7.5-1.1 7.5-2.5S16.1 3.5 12 3.5 4.5 4.6 4.5 6s3.4 2.5 7.5 2.5zM4.5 6v12c0 1.4 3.4 2.5 7.5 2.5s7.5-1.1 7.5-2.5V6M4.5 12c0 1.4 3.4 2.5 7.5 2.5s7.5-1.1 7.5-2.5",
        ["cloud"] = "M7 18.5a4.5 4.5 0 0 1-.4-9A5.5 5.5 0 0 1 17.3 8.6 5 5 0 0 1 17 18.5z",
        ["globe"] = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c2.5 2.6 3.7 5.6 3.7 9s-1.2 6.4-3.7 9c-2.5-2.6-3.7-5.6-3.7-9S9.5 5.6 12 3z",
        ["door"] = "M6 20.5V5A1.5 1.5 0 0 1 7.5 3.5h9A1.5 1.5 0 0 1 18 5v15.5M3.5 20.5h17M14.5 12v.1",
        ["contact"] = "M5.5 4.5h13A1.5 1.5 0 0 1 20 6v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18V6a1.5 1.5 0 0 1 1.5-1.5zM12 11.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8.5 16.5c.3-1.8 1.6-2.5 3.5-2.5s3.2.7 3.5 2.5",
        ["application"] = "M5 4.5h14A1.5 1.5 0 0 1 20.5 6v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5zM3.5 9h17",
        // The kinds of group: the same mark everywhere.
        ["security"] = "M12 3.5 19.5 6v6c0 4.5-3 7.3-7.5 9-4.5-1.7-7.5-4.5-7.5-9V6z",
        ["distribution"] = "M4.5 5.5h15A1.5 1.5 0 0 1 21 7v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5zM3.5 7l8.5 6.5L20.5 7",
        ["microsoft365"] = "M12 10.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM6.5 20.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM17.5 20.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
        ["team"] = "M5 4.5h14A1.5 1.5 0 0 1 20.5 6v9a1.5 1.5 0 0 1-1.5 1.5h-6.5L8 20.5v-4H5A1.5 1.5 0 0 1 3.5 15V6A1.5 1.5 0 0 1 5 4.5zM8 9h8M8 12.5h5",
        ["smart"] = "M4 5h16l-6.2 7.5V19l-3.6-2v-4.5z",
        ["dynamic"] = "M7 18.5a4.5 4.5 0 0 1-.4-9A5.5 5.5 0 0 1 17.3 8.6 5 5 0 0 1 17 18.5M12 19.5v-7M9 15l3-3 3 3",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A name of the family; an unknown one is a mistake of ours and throws.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Width and height in pixels.</summary>
    [Parameter]
    public int Size { get; set; } = 18;

    internal static IEnumerable<string> Names => Outlines.Keys;

    private string Outline => Outlines[Name];
}
