using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>What the group will be, as far as it is known; grows with each step.</summary>
public sealed partial class DraftSummary
{
    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    [Parameter, EditorRequired]
    public WizardStep Step { get; set; }

    private GroupDraft Draft => State.Draft;

    private bool IsAd => State.Store.Kind == StoreKind.ActiveDirectory;

    private string Kind => IsAd
        ? W["Summary_AdKind", W[$"Scope_{Draft.Scope}"], W[Draft.IsSecurity ? "Summary_security" : "Summary_distribution"]]
        : W[$"Entra_{Draft.EntraType}"];

    private string ContainerName => DistinguishedName.TryParse(State.Container, out var dn) ? dn.Name : State.Container;

    private string? MailNickname => IsAd && !Draft.IsMailEnabled ? null : Draft.MailNickname ?? State.Preview.MailNickname;
}
