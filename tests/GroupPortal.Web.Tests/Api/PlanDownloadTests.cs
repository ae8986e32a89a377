using GroupPortal.Web.Api;

namespace GroupPortal.Web.Tests.Api;

public sealed class PlanDownloadTests
{
    [Theory]
    [InlineData("Sales", "Sales")]
    [InlineData("", "")]
    [InlineData(null, "")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+41", "'+41")]
    [InlineData("-2147483640", "'-2147483640")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("a;=HYPERLINK(1)", "\"a;'=HYPERLINK(1)\"")]
    [InlineData("a; =1;\t-2", "\"a; '=1;\t'-2\"")]
    [InlineData("a\n=1\r\n+2", "\"a\n'=1\r\n'+2\"")]
    [InlineData("a;\"=1", "\"a;\"\"'=1\"")]
    [InlineData("a;b-c=d", "\"a;b-c=d\"")]
    [InlineData("|calc", "'|calc")]
    [InlineData("\0=1", "'\0=1")]
    [InlineData(" =1", " '=1")]
    [InlineData("-;-", "\"'-;'-\"")]
    [InlineData("one\ntwo", "\"one\ntwo\"")]
    public void A_field_computes_nothing_in_a_spreadsheet(string? text, string field) => Assert.Equal(field, PlanDownload.Field(text));
}
