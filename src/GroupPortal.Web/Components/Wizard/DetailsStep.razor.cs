using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>Name, description, who can join, where it stands.</summary>
public sealed partial class DetailsStep
{
    private static readonly (GroupSecurityType Type, string Icon)[] Joining =
    [
        (GroupSecurityType.Private, "lock"),
        (GroupSecurityType.SemiPrivate, "door"),
        (GroupSecurityType.Public, "globe"),
    ];

    private static readonly HashSet<string> FieldsOfItsOwn = new(StringComparer.OrdinalIgnoreCase)
    {
        AttributeNames.Name, AttributeNames.AccountName, AttributeNames.MailNickname, AttributeNames.Description,
        AttributeNames.Container, AttributeNames.DisplayName, AttributeNames.Mail,
    };

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    private GroupDraft Draft => State.Draft;

    private bool IsAd => State.Store.Kind == StoreKind.ActiveDirectory;

    /// <summary>A Microsoft 365 group or a team: it has a mailbox, a visibility, and what Exchange keeps.</summary>
    private bool IsUnified => !IsAd && Draft.EntraType.IsUnified();

    /// <summary>A security group of Entra ID has a mail nickname all the same, and nobody writes to it.</summary>
    private bool HasMailbox => !IsAd && Draft.EntraType != EntraGroupType.Security;

    private int DescriptionLength => State.Directory.Catalog.TryGet(AttributeNames.Description, out var definition)
        ? definition.MaximumLength ?? int.MaxValue
        : int.MaxValue;

    // In Entra ID the name is the displayName, and problems of it may come under that field.
    private Problem? NameProblem => State.Shown(AttributeNames.Name) ?? (IsAd ? null : State.Shown(AttributeNames.DisplayName));

    private string? Says => State.Names.State switch
    {
        NameCheckState.Asking => W["Details_Checking"].Value,
        NameCheckState.Failed => W["Details_CheckFailed", State.Store.Name].Value,
        NameCheckState.Answered when State.Names.Taken.Count == 0 => W["Details_Free", State.Store.Name].Value,
        _ => null,
    };

    private bool HasMoreProblems => State.Shown(AttributeNames.DisplayName) is not null || State.Shown(AttributeNames.Mail) is not null;

    /// <summary>An administrator may require fields that the wizard does not ask for: said here rather than nowhere.</summary>
    private IEnumerable<Problem> OtherProblems => State.Problems.Where(problem =>
        WizardSteps.Of(problem) == WizardStep.Details && !FieldsOfItsOwn.Contains(problem.Field) && State.Shown(problem.Field) is not null);

    private string? Invalid(string field) => (field == AttributeNames.Name ? NameProblem : State.Shown(field)) is null ? null : "true";

    private bool IsRequired(string field) => State.Settings.Naming.RequiredFields?.Contains(field, StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>On Microsoft 365 who can join decides also who can look inside.</summary>
    private string JoinKey(GroupSecurityType type) =>
        IsUnified ? $"Join_{type}_Unified" : $"Join_{type}_Text";

    private Task SwitchAsync(string option, bool isOn) =>
        EditAsync(draft => draft.Options = [.. draft.Options.Where(one => one != option), .. isOn ? [option] : Array.Empty<string>()], option);

    private Task EditAsync(Action<GroupDraft> change, string field)
    {
        change(Draft);
        if (field != AttributeNames.Name || Draft.Name.Length > 0)
        {
            State.Touch(field);
        }

        return OnEdited.InvokeAsync();
    }
}
