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
    [InlineData("one\ntwo", "\"one\ntwo\"")]
    public void A_field_computes_nothing_in_a_spreadsheet(string? text, string field) => Assert.Equal(field, PlanDownload.Field(text));
}
