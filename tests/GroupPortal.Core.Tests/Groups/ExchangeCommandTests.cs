using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Tests.Plans;

namespace GroupPortal.Core.Tests.Groups;

public sealed class ExchangeCommandTests
{
    private static readonly DirectoryObject Ana = new(Guid.Parse("5d0c0001-0000-0000-0000-000000000001"), ObjectKind.User, "Ana", "CN=Ana") { UserPrincipalName = "ana@demo.example" };
    private static readonly DirectoryObject List = new(Guid.Parse("5d0c0001-0000-0000-0000-000000000002"), ObjectKind.Contact, "List", "CN=List") { Mail = "list@demo.example" };

    // PowerShell takes the typographic quotes for plain ones: each could end the literal.
    [Theory]
    [InlineData("Sales", "'Sales'")]
    [InlineData("Ana's team", "'Ana''s team'")]
    [InlineData("x\u2019; Remove-Mailbox -Identity y #", "'x\u2019\u2019; Remove-Mailbox -Identity y #'")]
    [InlineData("$(whoami) `n \"q\"", "'$(whoami) `n \"q\"'")]
    public void Whatever_a_group_is_called_it_stays_a_literal(string name, string literal) =>
        Assert.StartsWith(
            $"New-DistributionGroup -Name {literal} -Alias '",
            ExchangeCommand.NewDistributionGroup(new GroupDraft(), new NamingRules().Preview(name)),
            StringComparison.Ordinal);

    /// <summary>Read as PowerShell's tokenizer reads it: a quote of any form ends the literal unless a second one follows.</summary>
    [Fact]
    public void No_text_ends_its_literal_early()
    {
        var nasty = Gen.Elements("'", "\u2018", "\u2019", "\u201a", "\u201b", "''", "\"", "`", "$(x)", ";", "\n", "\r\n", "\0", "\u001b[2J", "a", " ", "\ud83d\ude00", "\u201c");
        var texts = Gen.OneOf(
            Gen.ListOf(nasty).Select(string.Concat),
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty));

        Check.QuickThrowOnFailure(Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var (value, length) = ReadLiteral(ExchangeCommand.Quote(text) + " 'x'");
            return value == string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character))
                && length == ExchangeCommand.Quote(text).Length;
        }));
    }

    [Fact]
    public void A_draft_that_has_only_begun_gives_a_sample() =>
        Assert.Equal("New-DistributionGroup -Name 'My group' -Alias 'my-group'", ExchangeCommand.NewDistributionGroup(new GroupDraft(), new NamingRules().Preview(string.Empty)));

    [Fact]
    public void A_draft_names_owners_and_members_by_address_where_they_are_known_and_by_id_where_not()
    {
        var draft = new GroupDraft
        {
            MailNickname = "sales-list",
            Description = "All of sales",
            Owners = [PickedObject.From(Ana)],
            Members = [PickedObject.From(List), PickedObject.From(Ana)],
        };

        Assert.Equal(
            $"New-DistributionGroup -Name 'Sales' -Alias 'sales-list' -DisplayName 'Sales' -ManagedBy 'ana@demo.example' -Members '{List.Id:D}','ana@demo.example' -Notes 'All of sales'",
            ExchangeCommand.NewDistributionGroup(draft, new NamingRules().Preview("Sales"), new Dictionary<Guid, DirectoryObject> { [Ana.Id] = Ana }));
    }

    [Fact]
    public void A_request_names_whom_its_references_lead_to()
    {
        var facts = PlanWorld.OfEntra().Facts() with
        {
            References = new Dictionary<string, ReferenceMatch> { ["Ana"] = new ReferenceMatch.Found(Ana), ["list"] = new ReferenceMatch.Found(List) },
        };
        var request = new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = "Sales EMEA",
            Attributes = [new AttributeChange("Description", ChangeMode.Set, ["All"])],
            Owners = [new ReferenceChange(ChangeMode.Set, ["Ana"])],
            Members = [new ReferenceChange(ChangeMode.Add, ["list", "who@else"])],
        };

        Assert.Equal(
            "New-DistributionGroup -Name 'Sales EMEA' -Alias 'Sales-EMEA' -DisplayName 'Sales EMEA' -ManagedBy 'ana@demo.example' -Members 'list@demo.example','who@else' -Notes 'All'",
            ExchangeCommand.NewDistributionGroup(request, facts));
    }

    /// <summary>The value of the literal at the start of a text, and how many characters it took.</summary>
    private static (string Value, int Length) ReadLiteral(string text)
    {
        const string quotes = "'\u2018\u2019\u201a\u201b";
        var value = new System.Text.StringBuilder();
        for (var at = 1; at < text.Length; at++)
        {
            if (!quotes.Contains(text[at], StringComparison.Ordinal))
            {
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && quotes.Contains(text[at + 1], StringComparison.Ordinal))
            {
                value.Append(text[at++]);
            }
            else
            {
                return (value.ToString(), at + 1);
            }
        }

        return (value.ToString(), text.Length);
    }
}
