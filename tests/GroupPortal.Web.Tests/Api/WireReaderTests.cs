using System.Text;
using GroupPortal.Web.Api.Reading;

namespace GroupPortal.Web.Tests.Api;

public sealed class WireReaderTests
{
    [Theory]
    [InlineData("""{ "GroupName": "A", "Container": "OU=X", "AttributesCollection": { "AttributesCollection": { "mail": [ { "Value": "m", "DN": "d", "Action": 1 } ] } } }""")]
    [InlineData("""{ "groupname": "A", "container": "OU=X", "attributesCollection": { "attributesCollection": { "mail": [ { "value": "m", "dn": "d", "action": 1 } ] } } }""")]
    [InlineData("""{ "GROUPNAME": "A", "CONTAINER": "OU=X", "attributesBusinessObject": { "attributesCollection": { "mail": [ { "VALUE": "m", "Dn": "d", "ACTION": "1" } ] }, "type": null } }""")]
    public void Names_are_read_in_any_casing_and_either_wrapping(string body)
    {
        var group = ReadGroup(body);

        Assert.Equal(("A", "OU=X"), (group.GroupName, group.Container));
        var attribute = Assert.Single(group.Attributes);
        Assert.Equal("mail", attribute.Name);
        var value = Assert.Single(attribute.Values);
        Assert.Equal(("m", "d", WireAction.Add), (value.Value, value.Dn, value.Action));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "AttributesCollection": null }""")]
    [InlineData("""{ "AttributesCollection": { "AttributesCollection": null, "FilePermissionCollection": {}, "Type": null } }""")]
    [InlineData("""{ "AttributesCollection": { "AttributesCollection": { "mail": null } }, "somethingElse": { "deep": [1] } }""")]
    public void What_is_missing_or_null_says_nothing(string body) => Assert.Empty(ReadGroup(body).Attributes);

    [Theory]
    [InlineData("""{ "Value": 8 }""", "8")]
    [InlineData("""{ "Value": true }""", "true")]
    [InlineData("""{ "Value": null }""", null)]
    [InlineData("{ }", null)]
    public void A_number_or_boolean_is_taken_as_its_text(string value, string? expected) =>
        Assert.Equal(expected, ReadGroup($$"""{ "AttributesCollection": { "AttributesCollection": { "a": [ {{value}} ] } } }""").Attributes[0].Values[0].Value);

    [Theory]
    [InlineData("""{ "GroupName": {} }""", "$.GroupName")]
    [InlineData("""[ 1 ]""", "$")]
    [InlineData("""{ "AttributesCollection": [] }""", "$.AttributesCollection")]
    [InlineData("""{ "AttributesCollection": { "description": [ { "Value": "x" } ] } }""", "$.AttributesCollection.description")]
    [InlineData("""{ "AttributesCollection": { "AttributesCollection": { "a": "text" } } }""", "$.AttributesCollection.AttributesCollection.a")]
    [InlineData("""{ "AttributesCollection": { "AttributesCollection": { "a": [ {}, "text" ] } } }""", "$.AttributesCollection.AttributesCollection.a[1]")]
    [InlineData("""{ "AttributesCollection": { "AttributesCollection": { "a": [ { "Value": [] } ] } } }""", "$.AttributesCollection.AttributesCollection.a[0].Value")]
    [InlineData("""{ "AttributesCollection": { "AttributesCollection": { "a": [ { "Action": 4 } ] } } }""", "$.AttributesCollection.AttributesCollection.a[0].Action")]
    [InlineData("""{ "AttributesCollection": { "AttributesCollection": { "a": [ { "Action": "add" } ] } } }""", "$.AttributesCollection.AttributesCollection.a[0].Action")]
    [InlineData("""{ "AttributesCollection": { "AttributesCollection": { "a": [ { "Value": "\ud800" } ] } } }""", "$.AttributesCollection.AttributesCollection.a[0].Value")]
    [InlineData("""{ "\udc00": 1 }""", "$")]
    public void A_wrong_type_is_refused_with_its_path(string body, string path)
    {
        var reader = new WireReader();
        reader.Group(Encoding.UTF8.GetBytes(body));

        Assert.Equal(path, Assert.Single(reader.Problems).Path);
    }

    [Theory]
    [InlineData("{ \"GroupName\": \"A\",\n  \"Container\" }", "line 2, position 15")]
    [InlineData("{ \"GroupName\": \"A\"", "line 1")]
    [InlineData("<group/>", "line 1, position 1")]
    [InlineData("{} {}", "line 1, position 4")]
    public void Broken_JSON_is_refused_with_its_line_and_position(string body, string place)
    {
        var reader = new WireReader();
        reader.Group(Encoding.UTF8.GetBytes(body));

        Assert.Contains(place, Assert.Single(reader.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var reader = new WireReader();
        reader.Group((byte[])[.. "{ \"GroupName\": \""u8, 0xFF, 0xFE, .. "\" }"u8]);

        Assert.NotEmpty(reader.Problems);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var reader = new WireReader();
        reader.Names(Encoding.UTF8.GetBytes(new string('[', 100_000)));

        Assert.NotEmpty(reader.Problems);
    }

    [Fact]
    public void All_wrong_places_come_at_once()
    {
        var reader = new WireReader();
        reader.Groups("""[ { "GroupName": [] }, 7, { "Container": {} } ]"""u8.ToArray());

        Assert.Equal(["$[0].GroupName", "$[1]", "$[2].Container"], reader.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void The_attributes_of_a_read_are_an_array_or_a_query()
    {
        Assert.Equal(["a", "b"], new WireReader().Attributes("""[ "a", "b" ]"""u8.ToArray()));
        Assert.Equal(["a"], new WireReader().Attributes("""{ "Attributes": [ "a" ] }"""u8.ToArray()));
    }

    private static WireGroup ReadGroup(string body)
    {
        var reader = new WireReader();
        var group = reader.Group(Encoding.UTF8.GetBytes(body));
        Assert.Empty(reader.Problems);
        return group;
    }
}
