using Bunit;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Tests.Components;

public sealed class SharedComponentsTests : ComponentTests
{
    [Fact]
    public void An_error_says_what_happened_and_tries_again_when_asked()
    {
        var tries = 0;
        var error = Render<ErrorBlock>(parameters => parameters
            .Add(block => block.Message, "The members of Ünits could not be read.")
            .Add(block => block.Details, "LDAP 51: busy")
            .Add(block => block.Retry, EventCallback.Factory.Create(this, () => tries++)));

        error.Find("button").Click();

        Assert.Equal(1, tries);
        Assert.Equal("The members of Ünits could not be read.", error.Find("[role=alert] .error-message").TextContent);
        Assert.Equal("LDAP 51: busy", error.Find("details pre").TextContent);
    }

    [Fact]
    public void An_error_that_cannot_be_tried_again_has_no_button() =>
        Assert.Empty(Render<ErrorBlock>(parameters => parameters.Add(block => block.Message, "No.")).FindAll("button"));

    [Fact]
    public void A_badge_has_the_class_of_its_meaning_and_its_words() =>
        Render<Badge>(parameters => parameters.Add(badge => badge.Tone, Tone.Positive).AddChildContent("+12"))
            .Find("span").MarkupMatches("""<span class="badge badge-positive" diff:ignoreAttributes>+12</span>""");

    [Fact]
    public void A_page_header_names_the_way_to_the_page()
    {
        var header = Render<PageHeader>(parameters => parameters
            .Add(page => page.Title, "DemoGroup")
            .Add(page => page.Breadcrumb, [new Crumb("Groups", "/groups")]));

        Assert.Equal("DemoGroup", header.Find("h1").TextContent);
        Assert.Equal("/groups", header.Find(".crumbs a").GetAttribute("href"));
        Assert.Equal("DemoGroup", header.Find("[aria-current=page]").TextContent);
    }

    [Theory]
    [InlineData(-10, "just now")]
    [InlineData(-60, "1 minute ago")]
    [InlineData(-59 * 60, "59 minutes ago")]
    [InlineData(-3600, "1 hour ago")]
    [InlineData(-86400, "yesterday")]
    [InlineData(-3 * 86400, "3 days ago")]
    [InlineData(2 * 3600, "in 2 hours")]
    [InlineData(86400, "tomorrow")]
    public void A_moment_is_said_as_people_say_it(int seconds, string words) =>
        Assert.Equal(words, Render<TimeAgo>(parameters => parameters.Add(time => time.At, Clock.Now.AddSeconds(seconds))).Find("time").TextContent);

    [Fact]
    public void Every_icon_draws()
    {
        foreach (var name in Icon.Names)
        {
            Assert.NotEmpty(Render<Icon>(parameters => parameters.Add(icon => icon.Name, name)).Find("path").GetAttribute("d")!);
        }
    }
}
