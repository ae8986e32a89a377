using GroupPortal.Core.Directories;
using GroupPortal.Web.Startup;

namespace GroupPortal.Web.Tests.Startup;

public sealed class CheckReportTests
{
    private readonly CheckReport _report = new();

    [Fact]
    public void Steps_stand_in_columns_below_what_they_are_about() => Assert.Equal(
        """
          ldaps://dc1:636
            ok     Name                        10.0.0.1
            FAILED Service account             Disabled.
                                               → Enable it.
                                                 server: 49: data 533 FAILED all
          the directory
            -      Base                        Not tried.
            note   Roles                       None.
        """.Split(Environment.NewLine),
        Lines(
            new CheckStep("ldaps://dc1:636", "Name", CheckStatus.Ok, "10.0.0.1") { ServerText = "not shown" },
            new CheckStep("ldaps://dc1:636", "Service account", CheckStatus.Failed, "Disabled.", "Enable it.") { ServerText = "49: data 533\nFAILED all\u001b\0" },
            new CheckStep(null, "Base", CheckStatus.Skipped, "Not tried."),
            new CheckStep(null, "Roles", CheckStatus.Warning, "None.")));

    [Fact]
    public void Only_a_failed_step_fails_the_check()
    {
        _ = Lines(new CheckStep(null, "Base", CheckStatus.Skipped, ""), new CheckStep(null, "Roles", CheckStatus.Warning, ""));
        Assert.False(_report.HasFailed);

        _ = Lines(new CheckStep(null, "Base", CheckStatus.Failed, ""));
        Assert.True(_report.HasFailed);
    }

    private List<string> Lines(params CheckStep[] steps) => [.. steps.SelectMany(step => _report.LinesOf(step).ToList())];
}
