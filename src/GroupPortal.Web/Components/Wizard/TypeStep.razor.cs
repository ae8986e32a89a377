using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>Which directory, which type, and in Active Directory which scope.</summary>
public sealed partial class TypeStep
{
    private static readonly AdGroupScope[] Scopes = [AdGroupScope.Global, AdGroupScope.DomainLocal, AdGroupScope.Universal];

    private static readonly (EntraGroupType Type, string Icon)[] EntraTypes =
    [
        (EntraGroupType.Security, "security"),
        (EntraGroupType.Distribution, "distribution"),
        (EntraGroupType.Microsoft365, "microsoft365"),
        (EntraGroupType.Teams, "team"),
    ];

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Inject]
    public required GroupAccess Access { get; init; }

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    [Parameter]
    public EventCallback<int> OnStore { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    private GroupDraft Draft => State.Draft;

    /// <summary>Entra ID's own rules are only in Entra ID.</summary>
    private IEnumerable<(Membership Membership, string Icon)> Memberships => State.Store.Kind == StoreKind.EntraId
        ? [(Membership.Static, "users"), (Membership.Smart, "smart"), (Membership.Dynamic, "dynamic")]
        : [(Membership.Static, "users"), (Membership.Smart, "smart")];

    private string? WhyNot(EntraGroupType type) => type switch
    {
        EntraGroupType.Distribution when !State.Capabilities.HasExchange => W["Exchange_Missing"],
        EntraGroupType.Teams when !State.Capabilities.HasTeams => Texts.Format("Problem.TeamsMissing"),
        _ => null,
    };

    private Task ChangeAsync(Action<GroupDraft> change)
    {
        change(Draft);
        return OnEdited.InvokeAsync();
    }
}
