using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>Which part of a list is shown, and the ways to its neighbours: links where the page stands in the URL, else buttons.</summary>
public sealed partial class Pager
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>From 1.</summary>
    [Parameter, EditorRequired]
    public int Page { get; set; } = 1;

    [Parameter, EditorRequired]
    public int PageSize { get; set; }

    /// <summary>How many of them are on this page.</summary>
    [Parameter, EditorRequired]
    public int Shown { get; set; }

    [Parameter, EditorRequired]
    public long Total { get; set; }

    [Parameter]
    public bool TotalIsExact { get; set; } = true;

    /// <summary>The address of a page.</summary>
    [Parameter]
    public Func<int, string>? Link { get; set; }

    [Parameter]
    public EventCallback<int> OnPage { get; set; }

    private bool HasNext => First + Shown <= Total || (!TotalIsExact && Shown == PageSize);

    private long First => ((long)(Page - 1) * PageSize) + 1;

    private string Range
    {
        get
        {
            var total = Total.ToString("N0", CultureInfo.CurrentCulture);
            return Shown == 0
                ? T["Pager_None", total]
                : T[TotalIsExact ? "Pager_Range" : "Pager_RangeMore", Number(First), Number(First + Shown - 1), total];
        }
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
