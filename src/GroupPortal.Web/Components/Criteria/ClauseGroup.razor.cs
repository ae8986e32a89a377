using GroupPortal.Core.Criteria;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>A group of the builder: how its parts count, the parts, and what can be added.</summary>
public sealed partial class ClauseGroup
{
    private GroupMode _mode;
    private IReadOnlyList<Criterion> _parts = [];

    [CascadingParameter]
    public required BuilderContext Builder { get; set; }

    [Parameter, EditorRequired]
    public required Criterion Criterion { get; set; }

    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    protected override void OnParametersSet() =>
        (_mode, _parts) = (GroupModes.Of(Criterion) ?? throw new InvalidOperationException("No group."), GroupModes.PartsOf(Criterion));

    private Task SetModeAsync(ChangeEventArgs change) =>
        Enum.TryParse<GroupMode>(change.Value?.ToString(), out var mode) ? Builder.ApplyAsync(CriteriaEdit.SetMode(Builder.Root, Path, mode)) : Task.CompletedTask;

    private Task AddConditionAsync() => Builder.ApplyAsync(CriteriaEdit.Add(Builder.Root, Path, Clause.New(Builder.Vocabulary).Criterion), focus: true);

    // Never empty: a group without parts holds for everybody, or for nobody.
    private Task AddGroupAsync()
    {
        var added = CriteriaEdit.Add(Builder.Root, Path, GroupModes.Make(_mode == GroupMode.Any ? GroupMode.All : GroupMode.Any, [Clause.New(Builder.Vocabulary).Criterion]));
        return Builder.ApplyAsync(added with { Path = CriteriaEdit.PathOf(added.Tree, added.Path, 0) }, focus: true);
    }

    private Task KeyAsync(KeyboardEventArgs key) => ClauseKeys.MoveAsync(Builder, Path, key);
}
