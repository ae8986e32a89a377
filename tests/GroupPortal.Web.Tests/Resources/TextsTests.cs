using System.Text.RegularExpressions;
using System.Xml.Linq;
using GroupPortal.Application.Schedules;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Tests;
using GroupPortal.Web.Auth;

namespace GroupPortal.Web.Tests.Resources;

public sealed partial class TextsTests
{
    private static readonly string Web = Path.Combine(Repository.Root, "src", "GroupPortal.Web");

    // The name by which components have the texts, and where they stand.
    private static readonly Dictionary<string, HashSet<string>> Texts = new() { ["T"] = Load("SharedText"), ["W"] = Load("WizardText"), ["P"] = Load("PagesText"), ["R"] = Load("RuleText"), ["I"] = Load("ImportText"), ["U"] = Load("UpdateText"), ["E"] = Load("TenantText") };

    // A key that is missing shows as itself, which nobody notices in review.
    [Fact]
    public void Every_text_that_a_component_asks_for_by_name_is_there()
    {
        var missing =
            from file in Directory.EnumerateFiles(Path.Combine(Web, "Components"), "*", SearchOption.AllDirectories)
            where file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal)
            from Match match in Key().Matches(File.ReadAllText(file))
            where !Texts[match.Groups["texts"].Value].Contains(match.Groups["key"].Value)
            select $"{Path.GetFileName(file)}: {match.Groups["key"].Value}";

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("WizardText", "Engine_Dynamic_Cost", "Engine_Dynamic_Cost_One", "Engine_Dynamic_Cost_Of", "Engine_Dynamic_Cost_Devices", "Review_Dynamic")]
    [InlineData("RuleText", "Progress_Update_Text", "Processing_Switch_Text", "Convert_Lead_Entra")]
    [InlineData("PagesText", "Flow_RuleEffect_Entra")]
    public void How_long_Entra_ID_takes_is_said_in_the_same_words_everywhere(string file, params string[] keys)
    {
        var words = XDocument.Load(Path.Combine(Web, "Resources", file + ".resx")).Root!.Elements("data").ToDictionary(data => (string)data.Attribute("name")!, data => (string)data.Element("value")!);

        Assert.All(keys, key => Assert.Contains("usually within hours; after a new or changed rule it can take a day", words[key], StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_refusal_at_the_sign_in_has_its_words() =>
        Assert.All(Enum.GetNames<SignInRefusal>(), reason => Assert.Contains($"SignIn_{reason}", Texts["T"]));

    [Fact]
    public void Every_end_of_a_step_has_its_word() =>
        Assert.All(Enum.GetNames<CheckStatus>(), status => Assert.Contains($"Directories_Status_{status}", Texts["P"]));

    [Fact]
    public void Every_kind_of_change_has_its_word_in_the_history() =>
        Assert.All(Enum.GetNames<PlanKind>(), kind => Assert.Contains($"History_{kind}", Texts["P"]));

    [Fact]
    public void Every_end_of_an_update_has_its_words() =>
        Assert.All(
            Enum.GetNames<TaskOutcome>(),
            outcome => Assert.All([$"Task_Says_{outcome}", $"Run_{outcome}", outcome == nameof(TaskOutcome.None) ? "Task_Never" : $"Task_{outcome}"], key => Assert.Contains(key, Texts["U"])));

    [Fact]
    public void Every_state_of_a_held_update_and_every_filter_has_its_words()
    {
        Assert.All(Enum.GetNames<HeldState>(), state => Assert.All([$"Held_State_{state}", $"Held_Show_{state}", $"Held_None_{state}", $"Held_None_{state}_Text"], key => Assert.Contains(key, Texts["U"])));
        Assert.All(Enum.GetNames<SmartGroupFilter>(), filter => Assert.All([$"Smart_Filter_{filter}", $"Smart_None_{filter}", $"Smart_None_{filter}_Text"], key => Assert.Contains(key, Texts["U"])));
    }

    [Fact]
    public void Every_option_of_a_mailbox_has_its_words() =>
        Assert.All(AttributeNames.OptionsOfUnified, option =>
        {
            Assert.Superset(new HashSet<string> { $"Option_{option}", $"Option_{option}_Text" }, Texts["W"]);
            Assert.Contains($"Attribute_{option}", Texts["P"]);
        });

    [Fact]
    public void Every_thing_of_a_tenant_has_its_words()
    {
        Assert.All(Enum.GetNames<RuleProcessingStatus>(), status => Assert.Superset(new HashSet<string> { $"Progress_{status}", $"Progress_{status}_Text" }, Texts["R"]));
        Assert.All(Enum.GetNames<ResourceKind>(), kind => Assert.Superset(new HashSet<string> { $"Link_{kind}", $"Link_{kind}_Text" }, Texts["E"]));
        Assert.All(Enum.GetNames<ExpiringGroups>(), groups => Assert.Superset(new HashSet<string> { $"Policy_Which_{groups}", $"Policy_Which_{groups}_Text", $"Policy_Means_{groups}" }, Texts["E"]));
    }

    [Fact]
    public void Every_end_of_a_creation_has_its_words() =>
        Assert.All(["Running", "Done", "Waiting", "Partly", "Failed", "Open"], outcome => Assert.Superset(new HashSet<string> { $"Result_{outcome}", $"Result_{outcome}_Text" }, Texts["W"]));

    [Fact]
    public void Every_place_where_a_group_is_kept_has_its_words() =>
        Assert.All(
            Enum.GetNames<GroupAuthority>().Where(name => name != nameof(GroupAuthority.Directory)),
            name => Assert.Superset(new HashSet<string> { $"Authority_{name}", $"Authority_{name}_Text", $"List_{name}" }, Texts["P"]));

    private static HashSet<string> Load(string name) =>
        [.. XDocument.Load(Path.Combine(Web, "Resources", $"{name}.resx")).Descendants("data").Select(data => data.Attribute("name")!.Value)];

    [GeneratedRegex("""\b(?<texts>[TWPRIUE])\["(?<key>\w+)"[\],]""")]
    private static partial Regex Key();
}
