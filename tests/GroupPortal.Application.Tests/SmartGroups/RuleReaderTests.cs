using System.Globalization;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>What was parsed is remembered, but not without bounds.</summary>
public sealed class RuleReaderTests
{
    private readonly List<string> _parsed = [];
    private readonly RuleReader _reader;

    public RuleReaderTests() => _reader = new RuleReader((_, text, _) =>
    {
        _parsed.Add(text);
        return new CriteriaReading(Criterion.Everyone, []);
    });

    [Fact]
    public void The_same_text_is_parsed_once()
    {
        Read("a");
        Read("a");
        Read("b");

        Assert.Equal(["a", "b"], _parsed);
    }

    [Fact]
    public void A_long_text_is_not_kept()
    {
        var (most, more) = (new string('a', RuleReader.LongestRemembered), new string('b', RuleReader.LongestRemembered + 1));
        foreach (var text in new[] { most, more, most, more })
        {
            Read(text);
        }

        Assert.Equal([most, more, more], _parsed);
    }

    [Fact]
    public void Beyond_the_bound_in_characters_the_oldest_are_read_anew()
    {
        Read("first");
        var others = RuleReader.MostCharacters / RuleReader.LongestRemembered;
        for (var index = 0; index < others; index++)
        {
            Read(index.ToString(CultureInfo.InvariantCulture).PadLeft(RuleReader.LongestRemembered, ' '));
        }

        Read("first");

        Assert.Equal(others + 2, _parsed.Count);
    }

    private void Read(string text) => _reader.Read(CriteriaLanguage.GroupId, text, CriteriaVocabulary.For(StoreKind.ActiveDirectory));
}
