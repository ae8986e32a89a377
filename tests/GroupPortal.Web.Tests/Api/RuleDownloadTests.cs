using System.Net;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Directories;
using GroupPortal.Tests;
using GroupPortal.Web.Api;
using GroupPortal.Web.Resources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Tests.Api;

/// <summary>The list of a preview as a file for spreadsheets.</summary>
[Collection(ApiPortal.Collection)]
public sealed class RuleDownloadTests(ApiPortal api)
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\"'\t'=1\"")]
    [InlineData("\r=1", "\"'\r'=1\"")]
    [InlineData("\n=1", "\"'\n'=1\"")]
    [InlineData("\uff1d1", "'\uff1d1")]
    [InlineData("Head, \"Sales\"", "\"Head, \"\"Sales\"\"\"")]
    [InlineData("a=b", "a=b")]
    public void Names_and_values_compute_nothing_on_the_desk_of_whoever_opens_the_file(string value, string expected)
    {
        var member = new PreviewMember(Guid.Empty, ObjectKind.User, value, value, Standing.Joining, IsExcepted: false, IsEnabled: true)
        {
            Values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { ["title"] = [value] },
        };
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

        var line = RuleDownload.LineOf(member, ["title", "department"], services.GetRequiredService<IStringLocalizer<RuleText>>());

        Assert.EndsWith($",{expected},{expected},,,{expected},{Guid.Empty:D}\r\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_values_do_not_begin_cells_of_their_own()
    {
        var member = new PreviewMember(Guid.Empty, ObjectKind.User, "Ana", "CN=Ana", Standing.Joining, IsExcepted: false, IsEnabled: true)
        {
            Values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase) { ["title"] = ["one", "=two"] },
        };
        var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

        var line = RuleDownload.LineOf(member, ["title"], services.GetRequiredService<IStringLocalizer<RuleText>>());

        Assert.Contains(",one | =two,", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_nobodys_or_somebody_elses_is_not_found_and_without_signing_in_nothing_is_answered()
    {
        using var browser = api.Portal.CreateClient();
        var list = new Uri(RuleDownload.PathOf(Guid.NewGuid()), UriKind.Relative);
        using var before = await browser.GetAsync(list);
        using var signedIn = await SignInSteps.SignInAsync(browser, "ada");
        using var after = await browser.GetAsync(list);

        Assert.NotEqual(HttpStatusCode.OK, before.StatusCode);
        Assert.NotEqual(HttpStatusCode.NotFound, before.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, after.StatusCode);
    }
}
