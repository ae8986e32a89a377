using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>A moment as people say it; the exact one is in the tooltip. Written anew when the page is.</summary>
public sealed partial class TimeAgo
{
    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public DateTimeOffset At { get; set; }

    /// <summary>How long ago also beyond a month, for where the date stands beside it.</summary>
    [Parameter]
    public bool BesideDate { get; set; }

    private string Words
    {
        get
        {
            var passed = Clock.GetUtcNow() - At;
            var (past, distance) = (passed >= TimeSpan.Zero, passed.Duration());
            return distance switch
            {
                { TotalSeconds: < 45 } => T["Time_Now"],
                { TotalMinutes: < 59.5 } => Say("Minutes", distance.TotalMinutes),
                { TotalHours: < 23.5 } => Say("Hours", distance.TotalHours),
                { TotalDays: < 30 } => Say("Days", distance.TotalDays),
                { TotalDays: < 345 } when BesideDate => Say("Months", distance.TotalDays / 30.44),
                _ when BesideDate => Say("Years", distance.TotalDays / 365.25),
                _ => At.ToLocalTime().ToString("d", CultureInfo.CurrentCulture),
            };

            string Say(string unit, double count)
            {
                var whole = Math.Max(1, (int)Math.Round(count, MidpointRounding.AwayFromZero));
                return T[$"Time_{(past ? "Ago" : "In")}_{unit}{(whole == 1 ? "_One" : "")}", whole];
            }
        }
    }
}
