using GroupPortal.Core.Criteria;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>One line of the builder: attribute, condition, value; or a text, where the builder has no fields for it.</summary>
public sealed partial class ClauseRow
{
    private Clause _clause = null!;
    private string _words = "";
    private string _id = "";

    [CascadingParameter]
    public required BuilderContext Builder { get; set; }

    [Parameter, EditorRequired]
    public required Criterion Criterion { get; set; }

    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    protected override void OnParametersSet()
    {
        _clause = Clause.Of(Criterion, Builder.Vocabulary);
        _id = $"{Builder.Id}-{Path.Replace('.', '-')}";
        _words = _clause is Clause.Condition condition
            ? $"{CriteriaWords.LabelOf(condition.Attribute)} {CriteriaWords.LabelOf(condition.How)} {condition.Value}".TrimEnd()
            : Builder.TextOf(Criterion);
    }

    private Task<IReadOnlyList<ComboOption>> FindAttributesAsync(string typed, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ComboOption>>([.. AttributeOptions.Find(Builder.Vocabulary, typed)]);

    private Task SetAttributeAsync(string name) => _clause is Clause.Condition condition && Builder.Vocabulary.TryGet(name, out var attribute)
        ? PutAsync(condition.With(attribute))
        : Task.CompletedTask;

    private Task SetHowAsync(ChangeEventArgs change) => _clause is Clause.Condition condition && change.Value is string key
        ? PutAsync(condition with { How = CriteriaOperators.ByKey(key) })
        : Task.CompletedTask;

    // The letters of one value are one step of undo.
    private Task SetValueAsync(string value) => _clause is Clause.Condition condition ? PutAsync(condition with { Value = value }, $"value {Path}") : Task.CompletedTask;

    private Task PutAsync(Clause.Condition condition, string? key = null) => Builder.ApplyAsync(CriteriaEdit.Replace(Builder.Root, Path, condition.Criterion), key);

    private Task KeyAsync(KeyboardEventArgs key) => ClauseKeys.MoveAsync(Builder, Path, key);
}
