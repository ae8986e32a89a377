using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.Directories;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>The tabs of a rule: the builder, and a text of each language that is read as well as written.</summary>
internal enum EditorTab
{
    Builder,
    GroupId,
    Ldap,
    Entra,
}

/// <summary>A rule, edited as lines or as text, whichever somebody prefers; all show the same tree.</summary>
public sealed partial class CriteriaEditor
{
    private static readonly EditorTab[] Tabs = Enum.GetValues<EditorTab>();
    private EditorTab _tab;

    [Parameter, EditorRequired]
    public required IdentityStore Store { get; set; }

    [Parameter, EditorRequired]
    public required RuleDraft Draft { get; set; }

    /// <summary>The draft has changed.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    [Parameter]
    public IReadOnlyList<ClauseCount>? Counts { get; set; }

    [Parameter]
    public bool CountsAreStale { get; set; }

    [Parameter]
    public IReadOnlyList<LintFinding> Lint { get; set; } = [];

    [Parameter]
    public Func<string, string, CancellationToken, Task<IReadOnlyList<ValueCount>>>? Suggest { get; set; }

    [Parameter]
    public string Id { get; set; } = "rule";

    private static CriteriaLanguage? LanguageOf(EditorTab tab) => tab switch
    {
        EditorTab.GroupId => CriteriaLanguage.GroupId,
        EditorTab.Ldap => CriteriaLanguage.Ldap,
        EditorTab.Entra => CriteriaLanguage.Entra,
        _ => null,
    };

    private async Task<bool> EditAsync(Criterion root, string? key)
    {
        if (!Draft.Edit(root, key))
        {
            return false;
        }

        await OnChange.InvokeAsync();
        return true;
    }

    private Task TypeAsync((CriteriaLanguage Language, string Text) typed)
    {
        Draft.Type(typed.Language, typed.Text);
        // A pasted text may have been of another language.
        _tab = Enum.Parse<EditorTab>(typed.Language.ToString());
        return OnChange.InvokeAsync();
    }

    private Task UndoAsync()
    {
        Draft.Undo();
        return OnChange.InvokeAsync();
    }

    private Task RedoAsync()
    {
        Draft.Redo();
        return OnChange.InvokeAsync();
    }

    private void TabKey(KeyboardEventArgs key) => _tab = key.Key switch
    {
        "ArrowRight" => Tabs[((int)_tab + 1) % Tabs.Length],
        "ArrowLeft" => Tabs[((int)_tab + Tabs.Length - 1) % Tabs.Length],
        "Home" => Tabs[0],
        "End" => Tabs[^1],
        _ => _tab,
    };
}
