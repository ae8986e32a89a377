using Bunit;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Schedules;
using GroupPortal.Web.Tests.Components;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Tests.Schedules;

public sealed class ScheduleFieldTests : ComponentTests
{
    private readonly List<UpdateSchedule?> _values = [];
    private readonly List<bool> _broken = [];

    [Fact]
    public void Without_a_schedule_of_its_own_it_says_what_its_container_has()
    {
        var field = Show(null, inherited: new UpdateSchedule.Daily(new TimeOnly(6, 30)));

        Assert.True(Radio(field, "Inherit").HasAttribute("checked"));
        Assert.Contains("daily at", field.Find(".schedule-text").TextContent, StringComparison.Ordinal);
        Assert.Contains("Engineering", field.Find(".schedule-text").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, "30", "Minutes")]
    [InlineData(120, "2", "Hours")]
    [InlineData(10_080, "7", "Days")]
    public void An_interval_is_shown_in_the_largest_unit_that_fits(int minutes, string count, string unit)
    {
        var field = Show(new UpdateSchedule.Every(minutes));

        Assert.True(Radio(field, "Every").HasAttribute("checked"));
        Assert.Equal(count, field.Find(".schedule-number").GetAttribute("value"));
        Assert.Equal(unit, field.Find(".schedule-unit option[selected]").GetAttribute("value"));
    }

    [Fact]
    public void What_is_chosen_is_told()
    {
        var field = Show(null);

        Radio(field, "Off").Change("Off");
        field.Find(".schedule-number").Input("3");
        field.Find(".schedule-time").Change("18:45");
        field.Find(".schedule-cron").Input(" 0 6  * * 1-5 ");
        Radio(field, "Inherit").Change("Inherit");

        Assert.Equal(
            [new UpdateSchedule.Off(), new UpdateSchedule.Every(180), new UpdateSchedule.Daily(new TimeOnly(18, 45)), new UpdateSchedule.Cron("0 6 * * 1-5"), null],
            _values);
        Assert.Empty(_broken);
    }

    [Fact]
    public void What_is_no_schedule_is_said_beside_it_and_not_told()
    {
        var field = Show(new UpdateSchedule.Every(60));

        field.Find(".schedule-number").Input("0");
        Assert.Contains("every 5 minutes", field.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", field.Find(".schedule-number").GetAttribute("aria-invalid"));
        field.Find(".schedule-number").Input("8");
        field.Find(".schedule-unit").Change("Days");
        Assert.Single(field.FindAll("[role=alert]"));
        field.Find(".schedule-unit").Change("Hours");

        Assert.Empty(field.FindAll("[role=alert]"));
        Assert.Equal([new UpdateSchedule.Every(480)], _values);
        Assert.Equal([true, false, true, false], _broken);
    }

    [Theory]
    [InlineData("0 6 * *", "this one has 4")]
    [InlineData("0 six * * *", "cannot be read")]
    [InlineData("* * * * *", "5 minutes")]
    [InlineData("0 6 30 2 *", "no year has")]
    public void A_broken_cron_expression_says_what_is_wrong(string expression, string problem)
    {
        var field = Show(null);

        field.Find(".schedule-cron").Input(expression);

        Assert.Contains(problem, field.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(_values);
        Assert.Empty(field.FindAll(".schedule-next"));
    }

    // 14 March 2026 is a Saturday.
    [Fact]
    public void A_cron_expression_is_shown_in_times()
    {
        Clock.Zone = TimeZoneInfo.Utc;
        var field = Show(null);

        field.Find(".schedule-cron").Input("0 6,18 * * 0,6");

        var next = field.Find(".schedule-next").TextContent;
        Assert.Contains("today", next, StringComparison.Ordinal);
        Assert.Equal(2, next.Split("tomorrow").Length - 1);
    }

    [Fact]
    public void A_container_has_nothing_to_take_over()
    {
        var field = Render<ScheduleField>(parameters => parameters.Add(one => one.RequiresOwn, true).Add(one => one.Value, new UpdateSchedule.Off()));

        Assert.Empty(field.FindAll("input[value=Inherit]"));
        Assert.True(Radio(field, "Off").HasAttribute("checked"));
    }

    [Fact]
    public void A_value_that_somebody_else_sets_is_shown()
    {
        var field = Show(new UpdateSchedule.Every(30));

        field.Render(parameters => parameters.Add(one => one.Value, new UpdateSchedule.Cron("5 4 * * *")));

        Assert.True(Radio(field, "Cron").HasAttribute("checked"));
        Assert.Equal("5 4 * * *", field.Find(".schedule-cron").GetAttribute("value"));
    }

    private static AngleSharp.Dom.IElement Radio(IRenderedComponent<ScheduleField> field, string choice) => field.Find($"input[type=radio][value={choice}]");

    private IRenderedComponent<ScheduleField> Show(UpdateSchedule? value, UpdateSchedule? inherited = null) => Render<ScheduleField>(parameters => parameters
        .Add(field => field.Value, value)
        .Add(field => field.ValueChanged, EventCallback.Factory.Create<UpdateSchedule?>(this, _values.Add))
        .Add(field => field.OnBroken, EventCallback.Factory.Create<bool>(this, _broken.Add))
        .Add(field => field.Inherited, inherited)
        .Add(field => field.InheritedFrom, inherited is null ? null : "OU=Engineering,DC=demo,DC=local"));
}
