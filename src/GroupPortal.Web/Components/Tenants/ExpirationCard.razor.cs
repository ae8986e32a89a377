using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Tenants;

/// <summary>The expiration policy of a tenant: how it stands, what it is to be, and what that means, before it is saved.</summary>
public sealed partial class ExpirationCard : IDisposable
{
    private const int UsualDays = 180;
    private static readonly char[] Separators = ['\n', '\r', ',', ';', ' ', '\t'];

    private readonly CancellationSeries _loads = new();
    private DirectoryAnswer<ExpirationPolicy?>? _answer;
    private ExpirationPolicy? _before;
    private ExpirationPolicy? _wish;
    private AccessDecision? _may;
    private Problem? _problem;
    private Refusal? _refusal;
    private ExpiringGroups _groups;
    private ElementReference _title;
    private ElementReference _means;
    private ElementReference _daysField;
    private ElementReference _mailsField;
    private string _days = "";
    private string _mails = "";
    private Step _step;
    private bool _isSame;
    private bool _movesOn;
    private bool _isSaved;
    private bool _isUnsure;
    private bool _isSaving;

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    private string TitleId => FormattableString.Invariant($"policy-{Store.Id}");

    public void Dispose() => _loads.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _may = Tenants.MaySetExpiration(Store.Id, await Person.GetAsync());
        await LoadAsync();
    }

    /// <summary>What had the focus is gone with its step: it goes to what is wrong, or to the heading of what is shown now.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_movesOn)
        {
            _movesOn = false;
            var next = _problem?.Field switch
            {
                "Days" => _daysField,
                "Mails" => _mailsField,
                _ => _step == Step.Confirm ? _means : _title,
            };
            await next.FocusAsync();
        }
    }

    private async Task LoadAsync()
    {
        _answer = null;
        var turn = _loads.Next();
        try
        {
            _answer = await Tenants.ExpirationAsync(Store.Id, turn);
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            // The page has been left.
        }
    }

    private void Edit(ExpirationPolicy? stands)
    {
        _before = stands;
        (_groups, _days, _mails) = stands is null
            ? (ExpiringGroups.Selected, UsualDays.ToString(CultureInfo.InvariantCulture), "")
            : (stands.Groups, stands.Days.ToString(CultureInfo.InvariantCulture), string.Join('\n', stands.Mails));
        (_step, _problem, _isSame, _isSaved, _isUnsure, _movesOn) = (Step.Edit, null, false, false, false, true);
    }

    private void LookAgain() => (_step, _problem, _movesOn) = (Step.Look, null, true);

    private void Back() => (_step, _movesOn) = (Step.Edit, true);

    private void Review()
    {
        // What is no number is none at all: the policy says what the least is.
        var days = int.TryParse(_days.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var mails = _mails.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        _wish = new ExpirationPolicy(days, _groups, mails);
        _problem = _wish.WhyNot();
        _isSame = _problem is null && _before is { } before && before.Days == days && before.Groups == _groups && before.Mails.SequenceEqual(mails, StringComparer.OrdinalIgnoreCase);
        if (_problem is null && !_isSame)
        {
            (_step, _refusal) = (Step.Confirm, null);
        }

        _movesOn = !_isSame;
    }

    private async Task SaveAsync()
    {
        if (_isSaving)
        {
            return;
        }

        (_isSaving, _refusal) = (true, null);
        try
        {
            // Never the circuit's token: what was agreed to is sent even when the page is closed now.
            switch (await Tenants.SetExpirationAsync(Store.Id, _wish!, await Person.AsRequesterAsync(), CancellationToken.None))
            {
                case ExpirationAnswer.Saved:
                    (_step, _isSaved, _movesOn) = (Step.Look, true, true);
                    await LoadAsync();
                    break;
                case ExpirationAnswer.Unknown:
                    (_step, _isUnsure, _movesOn) = (Step.Look, true, true);
                    await LoadAsync();
                    break;
                case ExpirationAnswer.Denied(var decision):
                    _refusal = new Refusal(decision.Message, null);
                    break;
                case ExpirationAnswer.Invalid(var problem):
                    (_step, _problem, _movesOn) = (Step.Edit, problem, true);
                    break;
                case ExpirationAnswer.DirectoryFailed(var error):
                    _refusal = new Refusal(error.Message, error.ServerText);
                    break;
            }
        }
        finally
        {
            _isSaving = false;
        }
    }

    private Problem? ProblemOf(string field) => _problem?.Field == field ? _problem : null;

    private string? Invalid(string field) => ProblemOf(field) is null ? null : "true";

    private sealed record Refusal(string Message, string? Details);

    private enum Step
    {
        Look,
        Edit,
        Confirm,
    }
}
