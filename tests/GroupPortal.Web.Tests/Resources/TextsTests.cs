using System.Text.RegularExpressions;
using System.Xml.Linq;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Resources;

public sealed partial class TextsTests
{
    private static readonly string Web = Path.Combine(Repository.Root, "src", "GroupPortal.Web");

    // The name by which components have the texts, and where they stand.
    private static readonly Dictionary<string, HashSet<string>> Texts = new() { ["T"] = Load("SharedText"), ["W"] = Load("WizardText"), ["P"] = Load("PagesText") };

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

    private static HashSet<string> Load(string name) =>
        [.. XDocument.Load(Path.Combine(Web, "Resources", $"{name}.resx")).Descendants("data").Select(data => data.Attribute("name")!.Value)];

    [GeneratedRegex("""\b(?<texts>[TWP])\["(?<key>\w+)"[\],]""")]
    private static partial Regex Key();
}
