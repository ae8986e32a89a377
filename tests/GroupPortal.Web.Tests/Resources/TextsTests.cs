using System.Text.RegularExpressions;
using System.Xml.Linq;
using GroupPortal.Core.Directories;
using GroupPortal.Tests;
using GroupPortal.Web.Auth;

namespace GroupPortal.Web.Tests.Resources;

public sealed partial class TextsTests
{
    private static readonly string Web = Path.Combine(Repository.Root, "src", "GroupPortal.Web");

    // The name by which components have the texts, and where they stand.
    private static readonly Dictionary<string, HashSet<string>> Texts = new() { ["T"] = Load("SharedText"), ["W"] = Load("WizardText"), ["P"] = Load("PagesText"), ["R"] = Load("RuleText"), ["I"] = Load("ImportText"), ["U"] = Load("UpdateText") };

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

    [Fact]
    public void Every_refusal_at_the_sign_in_has_its_words() =>
        Assert.All(Enum.GetNames<SignInRefusal>(), reason => Assert.Contains($"SignIn_{reason}", Texts["T"]));

    [Fact]
    public void Every_end_of_a_step_has_its_word() =>
        Assert.All(Enum.GetNames<CheckStatus>(), status => Assert.Contains($"Directories_Status_{status}", Texts["P"]));

    private static HashSet<string> Load(string name) =>
        [.. XDocument.Load(Path.Combine(Web, "Resources", $"{name}.resx")).Descendants("data").Select(data => data.Attribute("name")!.Value)];

    [GeneratedRegex("""\b(?<texts>[TWPRIU])\["(?<key>\w+)"[\],]""")]
    private static partial Regex Key();
}
