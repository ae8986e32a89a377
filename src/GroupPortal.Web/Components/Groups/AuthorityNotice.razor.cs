using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>Where a group is kept that can only be looked at here, and what to do there.</summary>
public sealed partial class AuthorityNotice
{
    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    /// <summary>By what it is found there, where that is known.</summary>
    private string? Place => View.Group.Authority switch
    {
        GroupAuthority.Exchange when View.Group.Attributes.First(AttributeNames.Mail) is { Length: > 0 } mail => P["Authority_Exchange_Place", mail].Value,
        GroupAuthority.OnPremises when View.Group.Attributes.First("onPremisesDomainName") is { Length: > 0 } domain => P["Authority_OnPremises_Place", domain].Value,
        _ => null,
    };
}
