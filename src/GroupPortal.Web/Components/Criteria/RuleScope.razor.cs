using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>Whom a rule asks at all: the kinds of objects, where they stand, and who is in or out whatever it says.</summary>
public sealed partial class RuleScope
{
    private static readonly QueryObjectType[] Usual = [QueryObjectType.Users, QueryObjectType.Contacts, QueryObjectType.Groups, QueryObjectType.Devices];

    private static readonly QueryObjectType[] EntraTypes =
    [
        QueryObjectType.Users, QueryObjectType.Devices, QueryObjectType.Groups, QueryObjectType.MailboxUsers, QueryObjectType.Contacts, QueryObjectType.MailEnabledGroups,
    ];

    private static readonly QueryObjectType[] AdTypes =
    [
        QueryObjectType.Users, QueryObjectType.Contacts, QueryObjectType.Groups,
        .. Enum.GetValues<QueryObjectType>().Except([.. Usual, QueryObjectType.Devices]),
    ];

    private bool _showsAll;

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    [Parameter, EditorRequired]
    public required RuleDraft Draft { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    [Parameter]
    public string Id { get; set; } = "scope";

    private IReadOnlyList<QueryObjectType> Types => Store.Kind == StoreKind.EntraId ? EntraTypes : AdTypes;

    private IReadOnlyList<QueryObjectType> Shown => _showsAll ? Types : [.. Types.Where(type => Usual.Contains(type) || Draft.ObjectTypes.Contains(type))];

    // At least one kind stays: a rule on nothing selects nobody, which nobody means.
    private Task ToggleAsync(QueryObjectType type)
    {
        List<QueryObjectType> types = Draft.ObjectTypes.Contains(type) ? [.. Draft.ObjectTypes.Where(other => other != type)] : [.. Draft.ObjectTypes, type];
        if (types.Count == 0)
        {
            return Task.CompletedTask;
        }

        Draft.ObjectTypes = [.. types.Order()];
        return OnChange.InvokeAsync();
    }

    private Task AddPathAsync() => SetPathsAsync([.. Draft.StartPaths, new StartPath(Store.BaseDn)]);

    private Task SetPathAsync(int place, StartPath path) => SetPathsAsync([.. Draft.StartPaths.Select((one, index) => index == place ? path : one)]);

    private Task RemovePathAsync(int place) => SetPathsAsync([.. Draft.StartPaths.Where((_, index) => index != place)]);

    private Task SetPathsAsync(IReadOnlyList<StartPath> paths)
    {
        Draft.StartPaths = paths;
        return OnChange.InvokeAsync();
    }

    private Task SetIncludeAsync(IReadOnlyList<MembershipException> exceptions)
    {
        Draft.Include = exceptions;
        return OnChange.InvokeAsync();
    }

    private Task SetExcludeAsync(IReadOnlyList<MembershipException> exceptions)
    {
        Draft.Exclude = exceptions;
        return OnChange.InvokeAsync();
    }
}
