using System.Text;
using GroupPortal.Core.Tables;

namespace GroupPortal.Core.Tests.Tables;

public sealed class DelimitedTableTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\r\n\"1,5\";2", ';')]
    [InlineData("a\tb\r1\t2,3", '\t')]
    [InlineData("a|b|c\n(x;y)|2|3", '|')]
    [InlineData("Name\nSales\n", ',')]
    [InlineData("sep=;\na,x;b\n1;2", ';')]
    [InlineData("Name;Criteria\nA;(department Contains \"x, y\")\nB;(title Is Exactly \"a, b, c\")", ';')]
    public void The_delimiter_is_recognised(string text, char delimiter) => Assert.Equal(delimiter, DelimitedTable.Read(text).Delimiter);

    public static TheoryData<string, string[]> Rows => new()
    {
        { "a,b\r\nc,d\r\n", ["a¦b", "c¦d"] },
        { "a,\"b, \"\"c\"\"\"", ["a¦b, \"c\""] },
        { "a, \"b\" ,c", ["a¦b¦c"] },
        { "\"one\ntwo\",x\n3,4", ["one\ntwo¦x", "3¦4"] },
        { "a,\n\n,\nb,c", ["a¦", "b¦c"] },
        { "n,(department Contains \"eng\")", ["n¦(department Contains \"eng\")"] },
        { "", [] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Cells_are_read_as_RFC_4180_has_them(string text, string[] rows) =>
        Assert.Equal(rows, DelimitedTable.Read(text, ',').Rows.Select(row => string.Join('¦', row.Cells)));

    [Fact]
    public void A_row_knows_the_line_on_which_it_begins() =>
        Assert.Equal([1, 2, 5], DelimitedTable.Read("a,b\n\"x\ny\r\nz\",1\nc,d", ',').Rows.Select(row => row.Line));

    [Theory]
    [InlineData("a,b\n\"x,1\n2,3", "QuoteOpen", 2)]
    [InlineData("a,b\n\"x\"y,1", "TextAfterQuote", 2)]
    public void What_is_not_in_the_form_is_named_with_its_line(string text, string code, int line)
    {
        var problem = Assert.Single(DelimitedTable.Read(text, ',').Problems);

        Assert.Equal((code, line), (problem.Code, problem.Line));
        Assert.DoesNotContain("Table.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_beyond_the_limit_are_not_read()
    {
        var table = DelimitedTable.Read("a\nb\nc\nd", ',', mostRows: 2);

        Assert.Equal((2, "TooManyRows"), (table.Rows.Count, Assert.Single(table.Problems).Code));
    }

    public static TheoryData<byte[], FileEncoding> Files => new()
    {
        { Encoding.UTF8.GetBytes("Größe;Škoda"), FileEncoding.Utf8 },
        { [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("Größe;Škoda")], FileEncoding.Utf8WithMark },
        { [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Größe;Škoda")], FileEncoding.Utf16 },
        { [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("Größe;Škoda")], FileEncoding.Utf16BigEndian },
        { Encoding.Unicode.GetBytes("Größe;Škoda"), FileEncoding.Utf16 },
        { Encoding.BigEndianUnicode.GetBytes("Größe;Škoda"), FileEncoding.Utf16BigEndian },
        { [0x47, 0x72, 0xF6, 0xDF, 0x65, 0x3B, 0x8A, 0x6B, 0x6F, 0x64, 0x61], FileEncoding.Windows1252 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Bytes_become_text_whatever_wrote_them(byte[] file, FileEncoding encoding) => Assert.Equal(new FileText("Größe;Škoda", encoding), FileText.Read(file));
}
