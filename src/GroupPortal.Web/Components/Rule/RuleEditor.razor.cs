using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Criteria;
using GroupPortal.Web.Components.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Rule;

/// <summary>
/// Writes the rule of a group that is there, beside what it would do to its members. For a group that is smart from now on,
/// those whom the rule misses are shown before anything is planned: they stay, by exception.
/// </summary>
public sealed partial class RuleEditor : IDisposable
{
    /// <summary>As many as one question answers.</summary>
    private const int Portion = 1000;

    /// <summary>So often the members may change while they are gathered.</summary>
    private const int Looks = 3;

    private readonly CancellationTokenSource _left = new();
    private RuleDraft _draft = null!;
    private RuleSource _source = null!;
    private Preview? _effect;
    private IReadOnlyList<PreviewMember>? _kept;
    private string _reason = "";
    private DateOnly? _until;
    private string? _refusal;
    private bool _busy;

    [Inject]
    public required PreviewService Previews { get; init; }

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    /// <summary>The rule is for Entra ID to apply: it does so already, or is to from now on.</summary>
    [Parameter]
    public bool IsEntras { get; set; }

    [Parameter]
    public EventCallback<RuleWish> OnWish { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    private bool IsConversion => !IsEntras && View.Group.Membership != Membership.Smart;

    /// <summary>Only what is shown can be agreed to.</summary>
    private bool CanReview => _effect is not null && _draft.Rule is not null && !_draft.IsEmpty && (!IsEntras || EntraText is not null);

    private string? EntraText => _draft.Write(CriteriaLanguage.Entra).IsExact ? _draft.TextOf(CriteriaLanguage.Entra) : null;

    private string NextText => R[IsConversion && _kept is null && _effect is { Counts.Leaving: > 0 } ? "Edit_Kept" : "Edit_Review"];

    private string Words => (_kept, _effect) switch
    {
        _ when _draft.IsEmpty => R["Edit_Empty"],
        _ when IsEntras && _draft.Rule is not null && EntraText is null => R["Edit_NotInEntra"],
        (_, null) => "",
        ({ } kept, { } effect) => R["Edit_Numbers_Kept", CriteriaWords.Count(effect.Counts.Joining), CriteriaWords.Count(kept.Count)],
        (_, { } effect) when IsConversion => R["Edit_Numbers_Kept", CriteriaWords.Count(effect.Counts.Joining), CriteriaWords.Count(effect.Counts.Leaving)],
        (_, { } effect) => R["Edit_Numbers", CriteriaWords.Count(effect.Counts.Joining), CriteriaWords.Count(effect.Counts.Leaving), CriteriaWords.Count(effect.Counts.Staying)],
    };

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override void OnInitialized()
    {
        var vocabulary = Stores.TryGet(View.Store.Id, out var directory) ? directory.Vocabulary : CriteriaVocabulary.For(View.Store.Kind);
        _draft = RuleDrafts.Of(View.Group, vocabulary);
        _source = RuleSource.Of(Previews, View.Store.Id, View.Person.Role);
        _reason = R["Kept_Reason_Default"];
    }

    private void TakeEffect(Preview? effect) => (_effect, _refusal) = (effect, _kept is null ? null : _refusal);

    private async Task ReviewAsync()
    {
        if (_busy || !CanReview || _draft.Rule is not { } rule)
        {
            return;
        }

        (_busy, _refusal) = (true, null);
        try
        {
            await (IsEntras ? GiveAsync(EntraText!) : IsConversion ? ConvertAsync(rule) : WishAsync(RuleChanges.Define(View, rule, _effect!.Hash), _effect.Counts));
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page has been left.
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>What Entra ID is given is its own text of the rule: that is looked at once more, and is what the plan is bound to.</summary>
    private async Task GiveAsync(string text)
    {
        var reading = CriteriaText.Read(CriteriaLanguage.Entra, text, _draft.Vocabulary);
        if (SmartRules.OfEntra(text, reading) is { } rule
            && await Previews.PreviewAsync(View.Store.Id, new PreviewQuery(rule, View.Group.Id) { Take = 0 }, _left.Token) is PreviewAnswer.Ok(var preview))
        {
            await WishAsync(RuleChanges.DefineDynamic(View, text, preview.Hash), preview.Counts);
        }
        else
        {
            _refusal = R["Edit_NoPreview"];
        }
    }

    private Task WishAsync(GroupRequest? request, PreviewCounts? effect)
    {
        _refusal = request is null ? R["Edit_Nothing"].Value : null;
        return request is null ? Task.CompletedTask : OnWish.InvokeAsync(new RuleWish(request, effect));
    }

    /// <summary>First who stays is shown; then the rule with these exceptions is what is planned, and what the hash stands for.</summary>
    private async Task ConvertAsync(SmartRule rule)
    {
        var hasSeen = _kept is not null;
        for (var look = 0; look < Looks; look++)
        {
            if (await MissedAsync(rule) is not var (missed, excluded))
            {
                _refusal = R["Edit_NoPreview"];
                return;
            }

            var isAsSeen = missed.Count == 0 || (hasSeen && _kept!.Select(one => one.Id).ToHashSet().SetEquals(missed.Select(one => one.Id)));
            if (!isAsSeen)
            {
                _refusal = hasSeen ? R["Kept_Changed"].Value : null;
                _kept = missed;
                return;
            }

            var keeping = rule with { Include = [.. rule.Include.Where(one => missed.All(kept => kept.Id != one.Id)), .. missed.Select(Keep)] };
            var answer = await Previews.PreviewAsync(View.Store.Id, new PreviewQuery(keeping, View.Group.Id) { Take = 0 }, _left.Token);
            if (answer is PreviewAnswer.Ok(var preview) && preview.Counts.Leaving == excluded)
            {
                await WishAsync(RuleChanges.Define(View, keeping, preview.Hash), preview.Counts);
                return;
            }
        }

        _refusal = R["Edit_NoPreview"];
    }

    private MembershipException Keep(PreviewMember member) =>
        new(member.Id, _reason.Trim(), _until is { } day ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null, View.Person.Account);

    /// <summary>
    /// All members whom the rule misses and nobody keeps out for good, and how many leave because they are excluded; null where
    /// that could not be found out.
    /// </summary>
    private async Task<(IReadOnlyList<PreviewMember> Missed, int Excluded)?> MissedAsync(SmartRule rule)
    {
        var forGood = rule.Exclude.Where(one => one.Until is null).Select(one => one.Id).ToHashSet();
        var named = rule.Exclude.Select(one => one.Id).ToHashSet();
        var excluded = 0;
        var missed = new List<PreviewMember>();
        for (var skip = 0; ; skip += Portion)
        {
            var query = new PreviewQuery(rule, View.Group.Id) { Show = PreviewShow.Leaving, Skip = skip, Take = Portion, Attributes = EffectColumns.Default(_draft.Vocabulary).Columns };
            if (await Previews.PreviewAsync(View.Store.Id, query, _left.Token) is not PreviewAnswer.Ok(var page))
            {
                return null;
            }

            missed.AddRange(page.Members.Where(member => !forGood.Contains(member.Id)));
            excluded += page.Members.Count(member => named.Contains(member.Id));
            if (skip + page.Members.Count >= page.Found || page.Members.Count == 0)
            {
                return (missed, excluded);
            }
        }
    }
}
