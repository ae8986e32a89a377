using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;

namespace GroupPortal.Core.Tests.Directories;

public sealed class WriteSplitsTests
{
    private static readonly DirectoryWrite.ModifyGroup Modify = new(
        4, [.. new[] { "info", "description", "mail", "displayName" }.Select((name, step) => new AttributeWrite(step, name, ["x"], []))]);

    public static TheoryData<DirectoryError, string> Errors => new()
    {
        { new DirectoryError.InvalidValue { Attribute = "MAIL" }, "0 1 3|2" },
        { new DirectoryError.InvalidValue(), "0 1|2 3" },
        { new DirectoryError.InvalidValue { Attribute = "groupType" }, "0 1|2 3" },
        { new DirectoryError.AccessDenied { Attribute = "info", Attributes = ["info", "displayName"] }, "1 2|0|3" },
        { new DirectoryError.AccessDenied { Attribute = "info", Attributes = ["info", "description", "mail", "displayName"] }, "0|1|2|3" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_modify_is_split_into_the_rest_and_each_culprit(DirectoryError error, string expected)
    {
        var parts = WriteSplits.Of(Modify, error, WriteRules.ActiveDirectory);

        Assert.Equal(expected, string.Join('|', parts.Select(part => string.Join(' ', part.Steps))));
        Assert.All(parts, part => Assert.Equal(4, part.Ordinal));
    }

    [Fact]
    public void A_single_line_and_a_create_that_has_no_place_are_not_split()
    {
        var single = Modify with { Attributes = [Modify.Attributes[0]] };
        var create = new DirectoryWrite.CreateGroup(0, Guid.NewGuid(), "CN=a,DC=b", Modify.Attributes, [], [new ReferenceWrite(9, Guid.NewGuid(), true)], [8]);

        Assert.Empty(WriteSplits.Of(single, new DirectoryError.AccessDenied { Attribute = "info", Attributes = ["info"] }, WriteRules.ActiveDirectory));
        Assert.Empty(WriteSplits.Of(create, new DirectoryError.NotFound { Attribute = "container" }, WriteRules.ActiveDirectory));
        Assert.Equal(2, WriteSplits.Of(create, new DirectoryError.NotFound { Attribute = "members" }, WriteRules.ActiveDirectory).Count);
    }
}
