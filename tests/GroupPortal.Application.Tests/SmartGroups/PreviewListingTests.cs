using System.Globalization;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>A whole list is of one moment, however long its values take.</summary>
public sealed class PreviewListingTests : IDisposable
{
    private static readonly Guid Group = new(1000, 0, 0, new byte[8]);

    private static readonly SmartRule Rule = new()
    {
        Criteria = new Criterion.Compare("department", CompareOperator.Equals, "Sales"),
        Text = "",
        Language = CriteriaLanguage.GroupId,
        Exclude = [new MembershipException(Id(7), string.Empty, Until: null, string.Empty)],
    };

    private readonly ReplicaTable _table = new(CriteriaVocabulary.For(StoreKind.ActiveDirectory));

    /// <summary>Of 0 to 9 the even ones are in Sales; 0 to 3 are members.</summary>
    public PreviewListingTests() => _table.Apply(new ReplicaPage(
        [.. Enumerable.Range(0, 10).Select(number => Person(number, number % 2 == 0 ? "Sales" : "Legal")), new ReplicaObject(Group, ObjectKind.Group, "CN=Group,DC=demo", [], [Id(0), Id(1), Id(2), Id(3)])],
        [], string.Empty, HasMore: false));

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData(PreviewShow.All, "0 2 4 6 8")]
    [InlineData(PreviewShow.Joining, "4 6 8")]
    [InlineData(PreviewShow.Leaving, "1 3")]
    [InlineData(PreviewShow.Staying, "0 2")]
    [InlineData(PreviewShow.Excepted, "")]
    public void Each_list_is_whole_and_in_order(PreviewShow show, string expected)
    {
        var list = List(show);

        Assert.Equal(expected, string.Join(' ', list.Select(one => Number(one.Id))));
        Assert.Equal(
            list.Select(one => Number(one.Id) is 1 or 3 ? Standing.Leaving : Number(one.Id) < 4 ? Standing.Staying : Standing.Joining),
            list.Select(one => one.Standing));
    }

    [Fact]
    public void What_changes_while_it_is_written_mixes_no_moments()
    {
        var list = List(PreviewShow.All);
        _table.Apply(Person(0, "Legal"));
        _table.Apply(Person(5, "Sales"));
        _table.Remove(Id(2));

        var members = list.Chunk(2).SelectMany(portion => _table.Read(view => PreviewListing.Values(view, portion, ["department"]))).ToList();

        Assert.Equal(list.Select(one => one.Id), members.Select(member => member.Id));
        Assert.Equal(list.Select(one => one.Standing), members.Select(member => member.Standing));
        Assert.Equal(["Legal", "", "Sales", "Sales", "Sales"], members.Select(member => member.Values.TryGetValue("department", out var values) ? values[0] : ""));
        Assert.Equal(Id(2).ToString("D"), members[1].Label);
    }

    private IReadOnlyList<ListedMember> List(PreviewShow show) =>
        _table.Read(view => PreviewListing.Of(view, new PreviewQuery(Rule, Group) { Show = show, Take = 1, Skip = 1 }, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)));

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static int Number(Guid id) => int.Parse(id.ToString("D")[..8], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static ReplicaObject Person(int number, string department) => new(
        Id(number), ObjectKind.User, string.Create(CultureInfo.InvariantCulture, $"CN=Person {number},DC=demo"), [KeyValuePair.Create<string, IReadOnlyList<string>>("department", [department])]);
}
