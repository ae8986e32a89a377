using System.Text.RegularExpressions;
using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory.Checks;

/// <summary>A text that is missing shows as its key, which nobody notices in review.</summary>
public sealed class CheckTextsTests
{
    [Fact]
    public void Everything_that_can_be_found_has_its_words_and_its_advice()
    {
        var subjects = Enum.GetNames<LdapFaultKind>().Select(kind => $"Check.Fault.{kind}")
            .Concat(typeof(CertificateProblem).GetNestedTypes().Select(type => $"Check.Certificate.{type.Name}"))
            .Concat(Enum.GetNames<BindOutcome>()
                .Except([nameof(BindOutcome.Right), nameof(BindOutcome.Unreachable), nameof(BindOutcome.Unanswered)])
                .Concat(["Unknown", "Stronger", "Other"])
                .Select(outcome => $"Check.Bind.{outcome}"))
            .ToList();

        Assert.All(subjects, key => Assert.True(Texts.Has(key) && Texts.Has(key + ".Advice"), key));
    }

    [Fact]
    public void Every_key_in_the_sources_has_its_words()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "GroupPortal.ActiveDirectory", "Checks"), "*.cs").Select(File.ReadAllText));
        var keys = Regex.Matches(sources, "\"(Check\\.[A-Za-z.]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(keys.Count > 20);
        Assert.All(keys, key => Assert.True(Texts.Has(key), key));
    }
}
