using System.Text.RegularExpressions;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Resources;
using GroupPortal.Tests;

namespace GroupPortal.Core.Tests;

public sealed class TextsTests
{
    [Fact]
    public void Every_directory_error_has_a_sentence()
    {
        var codes = typeof(DirectoryError).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(DirectoryError))).Select(type => type.Name).ToList();

        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.True(Texts.Has("Error." + code), code));
    }

    /// <summary>Codes are plain strings next to their problem; this finds one that was written without its sentence.</summary>
    [Fact]
    public void Every_code_in_the_sources_has_a_sentence()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "GroupPortal.Core"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .ToLookup(file => file.Contains("/SmartGroups/Import/", StringComparison.Ordinal), File.ReadAllText);
        var (text, importText) = (string.Concat(sources[false]), string.Concat(sources[true]));
        var problems = Regex.Matches(text, "new Problem\\([^;]*?\"(?<code>[A-Z][A-Za-z]+)\"").Select(match => "Problem." + match.Groups["code"].Value);
        var lines = Regex.Matches(text, "\\bLine\\(step, \"(?<code>[A-Z][A-Za-z]+)\"").Select(match => "Problem." + match.Groups["code"].Value);
        var effects = Regex.Matches(text, "\"(?<key>Effect\\.[A-Z][A-Za-z]+)\"").Select(match => match.Groups["key"].Value);
        var decisions = Regex.Matches(text, "AccessDecision\\.(?:Deny|Approval)\\(\"(?<code>\\w+)\"").Select(match => "Access." + match.Groups["code"].Value);
        var holds = Regex.Matches(text, "holds\\.Add\\(\"(?<code>\\w+)\"").Select(match => "Guard." + match.Groups["code"].Value);
        var criteria = Regex.Matches(text, "\\bReport\\(\"(?<code>[A-Z][A-Za-z]+)\"").Select(match => "Criteria." + match.Groups["code"].Value);
        var lint = Regex.Matches(text, "\"(?<code>[A-Z][A-Za-z]+)\"(?: : \"(?<code>[A-Z][A-Za-z]+)\")?, LintLevel\\.").SelectMany(match => match.Groups["code"].Captures).Select(code => "Lint." + code.Value);
        var unsaid = Regex.Matches(text, "(?:Refuse|new CriteriaProblem)\\(\"(?<code>[A-Z][A-Za-z]+)\"").Select(match => "Criteria." + match.Groups["code"].Value);
        var imports = Regex.Matches(importText, "(?:new ImportProblem|Refuse)\\(\\s*\"(?<code>[A-Z][A-Za-z]+)\"|return \"(?<code>Criteria[A-Z][A-Za-z]+)\"").Select(match => "Import." + match.Groups["code"].Value);
        var tables = Regex.Matches(text + importText, "new TableProblem\\(\"(?<code>\\w+)\"").Select(match => "Table." + match.Groups["code"].Value);
        var keys = problems.Concat(lines).Concat(effects).Concat(decisions).Concat(holds).Concat(criteria).Concat(lint).Concat(unsaid).Concat(imports).Concat(tables).Distinct().ToList();

        Assert.True(keys.Count > 20);
        Assert.All(keys, key => Assert.True(Texts.Has(key), key));
    }

    [Fact]
    public void A_sentence_names_its_arguments() =>
        Assert.Equal("Names are at most 64 characters; this one has 71.", new Problem("name", "NameTooLong", ProblemScope.Request, "64", "71").Message);

    [Fact]
    public void A_denial_says_why() => Assert.NotEqual("Access.NotOwner", AccessDecision.Deny("NotOwner").Message);
}
