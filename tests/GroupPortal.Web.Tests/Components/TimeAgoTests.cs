using Bunit;
using GroupPortal.Web.Components.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Components;

public sealed class TimeAgoTests : ComponentTests
{
    [Theory]
    [InlineData(1, "yesterday")]
    [InlineData(29, "29 days ago")]
    [InlineData(31, "a month ago")]
    [InlineData(344, "11 months ago")]
    [InlineData(366, "a year ago")]
    [InlineData(2_500, "7 years ago")]
    public void Beside_a_date_it_says_how_long_ago(int days, string words)
    {
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Assert.Equal(words, Render<TimeAgo>(with => with.Add(time => time.At, now.AddDays(-days)).Add(time => time.BesideDate, true)).Find("time").TextContent);
    }
}
