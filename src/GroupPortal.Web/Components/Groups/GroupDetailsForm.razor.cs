using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Groups;

/// <summary>The details of a group to be changed. It writes nothing: what differs becomes a wish, and that a plan.</summary>
public sealed partial class GroupDetailsForm : IAsyncDisposable
{
    private const string Security = "security";
    private const string Distribution = "distribution";

    private static readonly HashSet<string> FieldsOfItsOwn = new(StringComparer.OrdinalIgnoreCase)
    {
        AttributeNames.Name, AttributeNames.AccountName, AttributeNames.DisplayName, AttributeNames.Description,
        AttributeNames.Mail, AttributeNames.MailNickname, AttributeNames.Information, AttributeNames.Container,
    };

    private readonly CancellationTokenSource _gone = new();
    private ElementReference _root;
    private IJSObjectReference? _module;
    private IReadOnlyList<Problem> _problems = [];
    private bool _focusProblem;
    private bool _isChecking;
    private bool _nothing;

    [Inject]
    public required GroupReader Groups { get; init; }

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    [Parameter, EditorRequired]
    public required GroupEdit Edit { get; set; }

    [Parameter]
    public EventCallback<GroupRequest> OnWish { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    private string Purpose => Edit.IsSecurity ? Security : Distribution;

    private IEnumerable<Problem> OtherProblems => _problems.Where(problem => !FieldsOfItsOwn.Contains(problem.Field));

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone, and its module with it.
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusProblem)
        {
            _focusProblem = false;
            _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./assets/js/wizard.js");
            await _module.InvokeVoidAsync("focusFirstProblem", _root);
        }
    }

    // In Entra ID the name is the displayName, and problems of it may come under that field.
    private Problem? Problem(string field) =>
        _problems.FirstOrDefault(problem => IsOf(problem, field))
        ?? (field == AttributeNames.Name && !Edit.IsActiveDirectory ? _problems.FirstOrDefault(problem => IsOf(problem, AttributeNames.DisplayName)) : null);

    private string? Invalid(string field) => Problem(field) is null ? null : "true";

    private static bool IsOf(Problem problem, string field) => string.Equals(problem.Field, field, StringComparison.OrdinalIgnoreCase);

    /// <summary>On to the plan, unless it is known already that it could not be applied: then the field says why.</summary>
    private async Task ReviewAsync()
    {
        if (_isChecking)
        {
            return;
        }

        var wish = Edit.ToRequest();
        (_nothing, _problems) = (wish is null, []);
        if (wish is null)
        {
            return;
        }

        _isChecking = true;
        try
        {
            _problems = await ProblemsOfAsync(wish, _gone.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            _isChecking = false;
        }

        if (_problems.Count > 0)
        {
            _focusProblem = true;
            return;
        }

        await OnWish.InvokeAsync(wish);
    }

    /// <summary>What the planner would say. A directory that does not answer is the plan's to tell.</summary>
    private async Task<IReadOnlyList<Problem>> ProblemsOfAsync(GroupRequest wish, CancellationToken cancellation)
    {
        if (!Stores.TryGet(View.Store.Id, out var directory))
        {
            return [];
        }

        var settings = Stores.SettingsOf(View.Store.Id);
        var facts = new PlanFacts
        {
            Store = View.Store,
            Catalog = directory.Catalog,
            Capabilities = View.Capabilities,
            Naming = settings.Naming,
            Guard = settings.Guard,
            Access = settings.Access,
            DefaultContainer = settings.DefaultContainer,
            Requester = View.Person,
            Group = View.Group,
        };
        var problems = Problems(facts);
        // All that is wrong at once; only a name that could be no group's is not asked for.
        if (!problems.Any(problem => IsOf(problem, AttributeNames.Name))
            && GroupPlanner.NamesOf(wish, facts) is { } names
            && await Groups.NamesInUseAsync(View.Store.Id, names, cancellation) is DirectoryAnswer<IReadOnlyList<NameInUse>>.Ok(var taken))
        {
            problems = Problems(facts with { NamesInUse = taken });
        }

        return problems;

        IReadOnlyList<Problem> Problems(PlanFacts known)
        {
            var plan = GroupPlanner.Plan(Guid.Empty, wish, known);
            return [.. plan.Problems.Concat(plan.LineProblems).Distinct()];
        }
    }
}
