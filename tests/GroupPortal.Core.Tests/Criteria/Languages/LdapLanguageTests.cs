using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Languages;

public sealed class LdapLanguageTests
{
    public static TheoryData<string, string> Understood => Cases.Of(
        """"
        (department=Engineering) ⇶ (department Is Exactly "Engineering")
        (&(department=a)(!(title=b))(|(l=c)(st=d))) ⇶ (department Is Exactly "a") and (title Isn't "b") and ((l Is Exactly "c") or (st Is Exactly "d"))
        (&) ⇶ everyone
        (|) ⇶ nobody
        (!(&)) ⇶ not everyone
        (&(l=a)) ⇶ (l Is Exactly "a")
        # Substrings.
        (department=*) ⇶ (department Present)
        (!(department=*)) ⇶ (department Not Present)
        (department=eng*) ⇶ (department Starts With "eng")
        (department=*eng) ⇶ (department Ends With "eng")
        (department=*eng*) ⇶ (department Contains "eng")
        (department=**eng**) ⇶ (department Contains "eng")
        (department=a*b*c) ⇶ (department Is Like "a*b*c")
        (department=*a*b*) ⇶ (department Is Like "*a*b*")
        (department=a\2ab*c\5c*) ⇶ (department Is Like "a\*b*c\\*")
        # Escapes are bytes of UTF-8.
        (department=\28a\29 \2a\5C) ⇶ (department Is Exactly "(a) *\")
        (department=caf\c3\a9) ⇶ (department Is Exactly "café")
        (department=café 🎈) ⇶ (department Is Exactly "café 🎈")
        (department=a=b>=c~:=d) ⇶ (department Is Exactly "a=b>=c~:=d")
        (department=\20a\20) ⇶ (department Is Exactly " a ")
        # Numbers, bits, chains.
        (adminCount>=5) ⇶ (adminCount Greater Or Equal "5")
        (!(adminCount<=5)) ⇶ (adminCount Not Less Or Equal "5")
        (userAccountControl:1.2.840.113556.1.4.803:=2) ⇶ (userAccountControl All Flags On "2")
        (!(userAccountControl:1.2.840.113556.1.4.803:=2)) ⇶ (userAccountControl Any Flag Off "2")
        (userAccountControl:1.2.840.113556.1.4.804:= 18 ) ⇶ (userAccountControl Any Flag On "18")
        (memberOf:1.2.840.113556.1.4.1941:=CN=G,DC=demo) ⇶ (memberOf Chain Match "CN=G,DC=demo")
        (manager=<GUID=6bd67b4a-eb06-4b05-94a8-43914fb2e19a>) ⇶ (manager Is Exactly "6bd67b4a-eb06-4b05-94a8-43914fb2e19a")
        (manager=CN=Smith\5c, Ana,DC=demo) ⇶ (manager Is Exactly "CN=Smith\, Ana,DC=demo")
        (objectGUID=\4a\7b\d6\6b\06\eb\05\4b\94\a8\43\91\4f\b2\e1\9a) ⇶ (objectGUID Is Exactly "6bd67b4a-eb06-4b05-94a8-43914fb2e19a")
        # Times.
        (whenCreated>=20260301000000.0Z) ⇶ (whenCreated Greater Or Equal "2026-03-01T00:00:00Z")
        (whenCreated<=202603010930+0100) ⇶ (whenCreated Less Or Equal "2026-03-01T08:30:00Z")
        (lastLogonTimestamp<=134167968000000000) ⇶ (lastLogonTimestamp Less Or Equal "2026-03-01T00:00:00Z")
        (&(lastLogonTimestamp<=134167968000000000)(!(lastLogonTimestamp=0))) ⇶ (lastLogonTimestamp Less Or Equal "2026-03-01T00:00:00Z")
        (pwdLastSet=0) ⇶ (pwdLastSet Not Present)
        (accountExpires=9223372036854775807) ⇶ (accountExpires Not Present)
        (&(accountExpires=*)(!(accountExpires=0))(!(accountExpires=9223372036854775807))) ⇶ (accountExpires Present)
        # Classes, as pasted filters have them.
        (&(objectCategory=person)(objectClass=user)(mail=*)) ⇶ (objectCategory Is Exactly "person") and (objectClass Is Exactly "user") and (mail Present)
        (objectCategory=user) ⇶ (objectCategory Is Exactly "person")
        # Active Directory lets blanks stand between components, parentheses be left out around all, and after a negation.
         ( & ( department =a) (title= b) )  ⇶ (department Is Exactly "a") and (title Is Exactly " b")
        department=a ⇶ (department Is Exactly "a")
        &(l=a)(st=b) ⇶ (l Is Exactly "a") and (st Is Exactly "b")
        (!l=a) ⇶ (l Isn't "a")
        """");

    public static TheoryData<string, string> Refused => Cases.Of(
        """"
        (department~=a) ⇶ LdapApproximate@11+2|=
        (ou:dn:=a) ⇶ UnknownAttribute@1+2(ou) LdapDnMatch@3+3
        (manager:dn:1.2.840.113556.1.4.1941:=CN=a,DC=b) ⇶ LdapDnMatch@8+3
        (department;lang-en=a) ⇶ LdapOption@11+8(;lang-en)
        (department:caseExactMatch:=a) ⇶ LdapRule@11+17(caseExactMatch)
        (:1.2.840.113556.1.4.803:=2) ⇶ AttributeMissing@1+0
        (=a) ⇶ AttributeMissing@1+0
        (deparment=a) ⇶ UnknownAttribute@1+9(deparment)?department
        (department) ⇶ OperatorMissing@11+0(department)
        (department>a) ⇶ Unexpected@11+1(>) OperatorNotFor@11+1(>=,department)
        (department>=a) ⇶ OperatorNotFor@11+2(>=,department)
        (department:1.2.840.113556.1.4.803:=2) ⇶ OperatorNotFor@11+22(1.2.840.113556.1.4.803,department)
        (userAccountControl:1.2.840.113556.1.4.803:=0x2) ⇶ ValueNotNumber@44+3(0x2)
        (department=) ⇶ ValueEmpty@12+0(department)
        (department=\zz) ⇶ LdapEscape@12+3(\zz)
        (department=\e9) ⇶ LdapNotText@12+3
        (department=a(b)c) ⇶ LdapCharacter@13+1((,\28)
        (department=a ⇶ ParenthesisMissing@13+0|)
        (&(department=a)(l=b) ⇶ ParenthesisMissing@21+0|)
        (&(department=a ⇶ ParenthesisMissing@15+0|)
        (department=a)) ⇶ Unexpected@14+1())
        (department=a)(l=b) ⇶ ConnectorMissing@14+0
        ((department=a)) ⇶ Unexpected@0+1(()
        () ⇶ ConditionMissing@1+0
        (!) ⇶ ConditionMissing@2+0
        (!(l=a)(st=b)) ⇶ LdapNotOne@7+0
        (&(l=a)st=b) ⇶ Unexpected@7+4(st=b)
        (memberOf=CN=G*) ⇶ UnsaidSubstring@10+5(memberOf)
        (distinguishedName=*OU=x*) ⇶ UnsaidSubstring@19+6(distinguishedName)
        (whenCreated>=2026-03-01) ⇶ LdapNotTime@14+10(2026-03-01,whenCreated,20260301000000.0Z)
        (manager=Ana) ⇶ ValueNotReference@9+3(Ana)
        # Two mistakes are two problems.
        (&(deparment=a)(titel=b)(l=\1)) ⇶ UnknownAttribute@3+9(deparment)?department UnknownAttribute@16+5(titel)?title LdapEscape@27+3(\1))
        """");

    public static TheoryData<string, string> Written => Cases.Of(
        """"
        (department Is Exactly " (a)*\ ") ⇶ (department=\20\28a\29\2a\5c\20)
        (department Is Like "a\*b*c") ⇶ (department=a\2ab*c)
        (department Isn't "a") and (l Not Present) ⇶ (&(!(department=a))(!(l=*)))
        (manager Is Exactly "6bd67b4a-eb06-4b05-94a8-43914fb2e19a") ⇶ (manager=<GUID=6bd67b4a-eb06-4b05-94a8-43914fb2e19a>)
        (objectGUID Is Exactly "6bd67b4a-eb06-4b05-94a8-43914fb2e19a") ⇶ (objectGUID=\4a\7b\d6\6b\06\eb\05\4b\94\a8\43\91\4f\b2\e1\9a)
        (whenCreated Greater Or Equal "2026-03-01") ⇶ (whenCreated>=20260301000000.0Z)
        (lastLogonTimestamp Less Or Equal "2026-03-01") ⇶ (&(lastLogonTimestamp<=134167968000000000)(!(lastLogonTimestamp=0)))
        (accountExpires Greater Or Equal "2026-03-01") ⇶ (&(accountExpires>=134167968000000000)(!(accountExpires=9223372036854775807)))
        any proxyAddresses (_ Starts With "smtp:") ⇶ (proxyAddresses=smtp:*)
        everyone ⇶ (&)
        nobody ⇶ (|)
        """");

    /// <summary>The text and, after a bar, what is left to be looked at in memory.</summary>
    public static TheoryData<string, string> Widened => Cases.Of(
        """"
        (department Matches "^a") ⇶ (department=*) ┃ (department Matches "^a")
        (department Doesn't Match "^a") ⇶ (&) ┃ (department Doesn't Match "^a")
        # Of parts that must all hold, only what was not said is left.
        (l Present) and (department Matches "^a") ⇶ (&(l=*)(department=*)) ┃ (department Matches "^a")
        (l Present) and (department Doesn't Match "^a") ⇶ (l=*) ┃ (department Doesn't Match "^a")
        (l Present) and ((st Present) and (department Doesn't Match "^a")) ⇶ (&(l=*)(st=*)) ┃ (department Doesn't Match "^a")
        (l Present) or (department Matches "^a") ⇶ (|(l=*)(department=*)) ┃ (l Present) or (department Matches "^a")
        (l Present) or (department Doesn't Match "^a") ⇶ (&) ┃ (l Present) or (department Doesn't Match "^a")
        # Under a negation, narrower.
        not ((l Present) or (department Matches "^a")) ⇶ (!(l=*)) ┃ not ((l Present) or (department Matches "^a"))
        not ((l Present) and (department Matches "^a")) ⇶ (&) ┃ not ((l Present) and (department Matches "^a"))
        not not (department Matches "^a") ⇶ (!(!(department=*))) ┃ not (department Doesn't Match "^a")
        # What a filter knows nothing of.
        (manager Chain Match "CN=a,DC=b" within 2) ⇶ (manager:1.2.840.113556.1.4.1941:=CN=a,DC=b) ┃ (manager Chain Match "CN=a,DC=b" within 2)
        (whenCreated Greater Or Equal "now-P30D") ⇶ (whenCreated=*) ┃ (whenCreated Greater Or Equal "now-P30D")
        (distinguishedName Contains "OU=x") ⇶ (distinguishedName=*) ┃ (distinguishedName Contains "OU=x")
        (adminCount Is Exactly "3000000000") ⇶ (adminCount=*) ┃ (adminCount Is Exactly "3000000000")
        (department Contains " a  b ") ⇶ (department=*a b*) ┃ (department Contains " a  b ")
        all proxyAddresses (_ Contains "@") ⇶ (&) ┃ all proxyAddresses (_ Contains "@")
        any proxyAddresses ((_ Contains "@") and (_ Contains ".")) ⇶ (proxyAddresses=*) ┃ any proxyAddresses ((_ Contains "@") and (_ Contains "."))
        """");

    [Theory]
    [MemberData(nameof(Understood))]
    public void A_filter_is_read_as_a_tree(string filter, string canonical) => Assert.Equal(canonical, Cases.Tree(Read(filter), StoreKind.ActiveDirectory));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Every_mistake_is_a_problem_at_its_place(string filter, string problems) => Assert.Equal(problems, Cases.Problems(Read(filter)));

    [Theory]
    [MemberData(nameof(Written))]
    public void A_tree_is_written_as_a_filter(string canonical, string filter)
    {
        var written = Write(canonical);

        Assert.True(written.IsExact);
        Assert.Equal(filter, written.Text);
        Assert.Empty(written.Problems);
    }

    [Theory]
    [MemberData(nameof(Widened))]
    public void What_a_filter_cannot_say_is_widened(string canonical, string expected)
    {
        var written = Write(canonical);

        Assert.Equal(expected, $"{written.Text} ┃ {CriteriaText.Write(CriteriaLanguage.GroupId, written.Residual!, Vocabulary).Text}");
        Assert.NotEmpty(written.Problems);
        Assert.All(written.Problems, problem => Assert.DoesNotContain("Criteria.", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_attribute_without_an_LDAP_name_is_left_to_look_at()
    {
        var tree = new Criterion.AllOf([new Criterion.Present("usageLocation"), new Criterion.Present("department")]);

        var written = CriteriaText.Write(CriteriaLanguage.Ldap, tree, CriteriaVocabulary.For(StoreKind.EntraId));

        Assert.Equal(("(department=*)", new Criterion.Present("usageLocation")), (written.Text, written.Residual));
        Assert.Equal("NotInLanguage", Assert.Single(written.Problems).Code);
    }

    [Fact]
    public void A_filter_that_grew_beyond_what_servers_bear_is_not_sent()
    {
        var tree = new Criterion.AnyOf([.. Enumerable.Range(1, 300).Select(_ => new Criterion.Present("pwdLastSet"))]);

        var written = CriteriaText.Write(CriteriaLanguage.Ldap, tree, Vocabulary);

        Assert.Equal(("(&)", tree, "TooManyTerms"), (written.Text, written.Residual, Assert.Single(written.Problems).Code));
    }

    private static CriteriaVocabulary Vocabulary => CriteriaVocabulary.For(StoreKind.ActiveDirectory);

    private static CriteriaReading Read(string filter) => CriteriaText.Read(CriteriaLanguage.Ldap, filter, Vocabulary);

    private static Translation Write(string canonical) =>
        CriteriaText.Write(CriteriaLanguage.Ldap, CriteriaText.Read(CriteriaLanguage.GroupId, canonical, Vocabulary).Root!, Vocabulary);
}
