using Bunit;
using GroupPortal.Application.Groups;
using GroupPortal.Web.Components.Results;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Results;

public sealed class OutageNoticeTests : BunitContext
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public OutageNoticeTests() => Services.AddLocalization();

    [Fact]
    public void Without_either_there_is_nothing() => Assert.Empty(Notice(null, null).Markup.Trim());

    [Fact]
    public void A_directory_that_asks_to_wait_is_quoted_with_the_time() =>
        Assert.StartsWith("It asks to wait. The portal goes on at ", Notice(null, new DirectoryPause(Now, "It asks to wait.")).Find("[role=status]").TextContent.Trim(), StringComparison.Ordinal);

    [Fact]
    public void One_that_does_not_answer_at_all_comes_first() =>
        Assert.Contains("has not answered", Notice(new DirectoryOutage(Now, Now), new DirectoryPause(Now, "It asks to wait.")).Markup, StringComparison.Ordinal);

    private IRenderedComponent<OutageNotice> Notice(DirectoryOutage? outage, DirectoryPause? pause) =>
        Render<OutageNotice>(parameters => parameters.Add(notice => notice.Outage, outage).Add(notice => notice.Pause, pause));
}
