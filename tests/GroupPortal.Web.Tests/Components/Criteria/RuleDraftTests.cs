using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Criteria;
using static GroupPortal.Core.Criteria.Criterion;

namespace GroupPortal.Web.Tests.Components.Criteria;

public sealed class RuleDraftTests
{
    private static readonly Criterion Sales = new Compare("department", CompareOperator.Equals, "Sales");
    private readonly RuleDraft _draft = new(CriteriaVocabulary.For(StoreKind.ActiveDirectory));

    [Fact]
    public void A_typed_text_is_kept_as_typed_and_edited_by_the_builder()
    {
        _draft.Type(CriteriaLanguage.Ldap, "( department=Sales)");
        _draft.Type(CriteriaLanguage.Ldap, "(&(department=Sales))");

        Assert.Equal(new AllOf([Sales]), _draft.Root);
        Assert.Equal("(&(department=Sales))", _draft.TextOf(CriteriaLanguage.Ldap));
        Assert.Equal((CriteriaLanguage.Ldap, "(&(department=Sales))"), (_draft.Rule!.Language, _draft.Rule.Text));

        Assert.True(_draft.Edit(CriteriaEdit.Add(_draft.Root, "", new Present("mail")).Tree));
        Assert.Equal("(&(department=Sales)(mail=*))", _draft.TextOf(CriteriaLanguage.Ldap));
        Assert.Equal(CriteriaLanguage.GroupId, _draft.Rule!.Language);
        _draft.Undo();
        Assert.Equal("(&(department=Sales))", _draft.TextOf(CriteriaLanguage.Ldap));
    }

    [Fact]
    public void A_text_in_one_language_is_seen_in_the_others()
    {
        _draft.Type(CriteriaLanguage.Ldap, "(&(department=*engineering*)(title=senior*))");

        Assert.Contains("department Contains \"engineering\"", _draft.TextOf(CriteriaLanguage.GroupId), StringComparison.Ordinal);
        Assert.True(_draft.Write(CriteriaLanguage.GroupId).IsExact);
    }

    [Fact]
    public void The_Entra_text_is_about_those_whom_the_types_say()
    {
        var draft = new RuleDraft(CriteriaVocabulary.For(StoreKind.EntraId));
        draft.Type(CriteriaLanguage.Entra, "device.displayName -eq \"a\"");
        Assert.True(draft.Edit(CriteriaEdit.Add(draft.Root, "", new Compare("displayName", CompareOperator.Equals, "b")).Tree));

        Assert.Equal("(device.displayName -eq \"a\") -and (device.displayName -eq \"b\")", draft.TextOf(CriteriaLanguage.Entra));
        draft.ObjectTypes = [QueryObjectType.Users];
        Assert.Equal("(user.displayName -eq \"a\") -and (user.displayName -eq \"b\")", draft.TextOf(CriteriaLanguage.Entra));
    }

    [Fact]
    public void Broken_text_keeps_the_tree_and_selects_nobody()
    {
        _draft.Type(CriteriaLanguage.Ldap, "(department=Sales)");
        _draft.Type(CriteriaLanguage.Ldap, "(department=Sales");

        Assert.Null(_draft.Rule);
        Assert.NotEmpty(_draft.Broken!.Problems);
        Assert.Equal("(department=Sales", _draft.TextOf(CriteriaLanguage.Ldap));
        Assert.Equal(new AllOf([Sales]), _draft.Root);

        _draft.Undo();
        Assert.Equal("(department=Sales)", _draft.Rule!.Text);
    }

    [Fact]
    public void An_edit_of_the_builder_replaces_what_could_not_be_read()
    {
        _draft.Type(CriteriaLanguage.GroupId, "(department");
        Assert.True(_draft.Edit(new AllOf([Sales])));

        Assert.Null(_draft.Broken);
        Assert.Equal(Sales, _draft.Rule!.Criteria);
    }

    [Fact]
    public void A_condition_without_a_value_is_no_rule_yet()
    {
        Assert.True(_draft.Edit(new AllOf([Sales, new Compare("title", CompareOperator.Equals, "")])));
        Assert.Null(_draft.Rule);
        Assert.Equal(["1"], _draft.Unfinished);

        Assert.True(_draft.Edit(new AllOf([Sales, new Compare("title", CompareOperator.Equals, "x")])));
        Assert.NotNull(_draft.Rule);
    }

    [Fact]
    public void The_language_of_a_pasted_rule_is_recognised()
    {
        Assert.Equal(CriteriaLanguage.Ldap, _draft.Guess("(&(department=Sales)(!(l=Graz)))", CriteriaLanguage.GroupId));
        Assert.Equal(CriteriaLanguage.GroupId, _draft.Guess("(department Contains \"x\")", CriteriaLanguage.Ldap));
        Assert.Null(_draft.Guess("Lorem ipsum", CriteriaLanguage.Ldap));
    }

    [Fact]
    public void A_saved_rule_is_opened_as_it_was()
    {
        var rule = new SmartRule
        {
            Criteria = Sales, Text = "(department=Sales)", Language = CriteriaLanguage.Ldap, ObjectTypes = [QueryObjectType.Contacts],
            StartPaths = [new StartPath("OU=People,DC=demo,DC=local", StartScope.OneLevel)], Include = [new MembershipException(Guid.NewGuid(), "", null, "ada")],
        };
        var opened = new RuleDraft(CriteriaVocabulary.For(StoreKind.ActiveDirectory), rule).Rule!;

        Assert.Equal((rule.Criteria, rule.Text, rule.Language), (opened.Criteria, opened.Text, opened.Language));
        Assert.Equal(rule.ObjectTypes, opened.ObjectTypes);
        Assert.Equal(rule.StartPaths, opened.StartPaths);
        Assert.Equal(rule.Include, opened.Include);
    }

    [Fact]
    public void Problems_are_marked_where_they_stand()
    {
        Assert.Equal([("ab", false), ("cd", true), ("e", false)], Marked("abcde", new CriteriaProblem("x", 2, 2)));
        Assert.Equal([("abcd", false), ("e", true)], Marked("abcde", new CriteriaProblem("x", 5, 0)));
        Assert.Equal([("a", true), ("b", false)], Marked("ab", new CriteriaProblem("x", 0, 0)));
        Assert.Empty(Marked("", new CriteriaProblem("x", 0, 0)));
    }

    private static IEnumerable<(string Text, bool IsMarked)> Marked(string text, CriteriaProblem problem) =>
        TextPiece.Of(text, [problem]).Select(piece => (piece.Text, piece.IsMarked));
}
