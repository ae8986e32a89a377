using GroupPortal.EntraId.Reading;

namespace GroupPortal.Directories.Tests.Graph.Reading;

public sealed class NameSearchTests
{
    [Theory]
    [InlineData("ana", "\"displayName:ana\" OR \"mail:ana\"")]
    [InlineData("ana smi", "\"displayName:ana\" AND \"displayName:smi\"")]
    [InlineData("smi ana smi", "\"displayName:smi\" AND \"displayName:ana\"")]
    [InlineData("review-b", "\"displayName:review\" AND \"displayName:b\" OR \"mail:review-b\"")]
    [InlineData("a\"b", "\"displayName:a\" AND \"displayName:b\" OR \"mail:a\\\"b\"")]
    [InlineData("c\\d", "\"displayName:c\" AND \"displayName:d\" OR \"mail:c\\\\d\"")]
    [InlineData("🦊 fox", "\"displayName:fox\"")]
    [InlineData("Mu\u0308ller", "\"displayName:Mu\u0308ller\" OR \"mail:Mu\u0308ller\"")]
    public void What_was_typed_becomes_a_clause_for_each_word(string text, string search) => Assert.Equal(search, NameSearch.Of(text, ["mail"]));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("* ( ) \"")]
    [InlineData("\ud83e")]
    public void Where_no_word_is_there_is_no_search(string text) => Assert.Null(NameSearch.Of(text, ["mail"]));

    [Theory]
    [InlineData("boa quart", true)]
    [InlineData("uarter", false)]
    [InlineData("quarterly@con", true)]
    [InlineData("con", false)]
    [InlineData("", true)]
    public void A_list_that_graph_does_not_search_is_searched_by_the_rules_of_all_stores(string text, bool isFound) =>
        Assert.Equal(isFound, NameSearch.Matches(text, "Quarterly Review-Board", "quarterly@contoso.example", null));

    [Theory]
    [InlineData("ana smith", false)]
    [InlineData("ana-smith", true)]
    [InlineData("🦊 fox", true)]
    public void What_graph_cannot_be_told_is_looked_through(string text, bool leavesOut) => Assert.Equal(leavesOut, NameSearch.LeavesOut(text));
}
