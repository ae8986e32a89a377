using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Criteria;

namespace GroupPortal.Web.Tests.Components.Criteria;

public sealed class RuleEffectTests
{
    private readonly FakeRules _rules = new();
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));
    private readonly List<(bool Stale, int? Total)> _drawn = [];

    [Fact]
    public async Task Fast_typing_asks_once_with_the_last_rule()
    {
        using var effect = Effect();
        _clock.HoldsDelays = true;
        var asked = new[] { "s", "sa", "sal" }.Select(text => effect.ShowAsync(Rule(text), new EffectView())).ToList();

        Assert.Empty(_rules.Asked);
        _clock.Release();
        await Task.WhenAll(asked);

        Assert.Equal(Rule("sal").Criteria, Assert.Single(_rules.Asked).Query.Rule.Criteria);
    }

    [Fact]
    public async Task A_new_question_cancels_the_former_and_its_late_answer_is_not_shown()
    {
        using var effect = Effect();
        _rules.Answer = _ => null;
        var first = effect.ShowAsync(Rule("a"), new EffectView(), isTyping: false);
        _rules.Answer = query => new PreviewAnswer.Ok(FakeRules.Effect(7, query));
        await effect.ShowAsync(Rule("b"), new EffectView(), isTyping: false);
        await first;

        Assert.True(_rules.Asked[0].Cancellation.IsCancellationRequested);
        Assert.Equal(7, effect.Current!.Counts.Total);
    }

    [Fact]
    public async Task The_old_effect_stays_and_is_marked_until_the_new_one_is_here()
    {
        using var effect = Effect();
        await effect.ShowAsync(Rule("a"), new EffectView(), isTyping: false);
        _rules.Answer = query => new PreviewAnswer.Ok(FakeRules.Effect(9, query));
        _drawn.Clear();

        await effect.ShowAsync(Rule("b"), new EffectView(), isTyping: false);

        Assert.Equal([(true, 3), (false, 9)], _drawn);
    }

    [Fact]
    public async Task A_rule_that_cannot_be_read_asks_nothing_new_and_says_that_the_effect_is_of_the_last_good_one()
    {
        using var effect = Effect();
        await effect.ShowAsync(null, new EffectView());
        Assert.True(effect.IsOfLastGood);
        Assert.Empty(_rules.Asked);

        await effect.ShowAsync(Rule("a"), new EffectView(), isTyping: false);
        Assert.False(effect.IsOfLastGood);
        await effect.ShowAsync(null, new EffectView { Search = "x" }, isTyping: false);

        Assert.True(effect.IsOfLastGood);
        Assert.Equal((Rule("a").Criteria, "x"), (effect.Query!.Rule.Criteria, effect.Query.Search));
    }

    [Fact]
    public async Task Data_that_is_still_read_is_asked_for_again()
    {
        using var effect = Effect();
        var turns = 0;
        _clock.HoldsDelays = true;
        _rules.Answer = query => ++turns < 3 ? new PreviewAnswer.Loading(turns * 1000) : new PreviewAnswer.Ok(FakeRules.Effect(5, query));

        var asking = effect.ShowAsync(Rule("a"), new EffectView(), isTyping: false);
        Assert.Equal(1000, effect.Loading);
        _clock.Release();
        _clock.Release();
        await asking;

        Assert.Null(effect.Loading);
        Assert.Equal(5, effect.Current!.Counts.Total);
    }

    [Fact]
    public async Task A_failure_keeps_the_numbers_and_goes_with_the_next_answer()
    {
        using var effect = Effect();
        await effect.ShowAsync(Rule("a"), new EffectView(), isTyping: false);
        _rules.Answer = _ => new PreviewAnswer.Failed(new DirectoryError.NotFound());
        await effect.ShowAsync(Rule("b"), new EffectView(), isTyping: false);
        Assert.NotNull(effect.Error);
        Assert.Equal(3, effect.Current!.Counts.Total);

        _rules.Answer = query => new PreviewAnswer.Ok(FakeRules.Effect(4, query));
        await effect.ShowAsync(Rule("b"), new EffectView(), isTyping: false);
        Assert.Null(effect.Error);
    }

    private RuleEffect Effect()
    {
        RuleEffect effect = null!;
        effect = new RuleEffect(_rules.Source.Preview, _clock, () =>
        {
            _drawn.Add((effect.IsStale, effect.Current?.Counts.Total));
            return Task.CompletedTask;
        });
        return effect;
    }

    private static SmartRule Rule(string value) => new()
    {
        Criteria = new Criterion.Compare("department", CompareOperator.StartsWith, value), Text = value, Language = CriteriaLanguage.GroupId,
    };
}
