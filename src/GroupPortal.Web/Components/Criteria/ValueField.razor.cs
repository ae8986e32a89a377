using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>The value of a condition, by the kind of its attribute. Empty while it is unfinished.</summary>
public sealed partial class ValueField
{
    private const int Suggestions = 12;

    [Parameter, EditorRequired]
    public required Clause.Condition Condition { get; set; }

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public required Func<string, string, CancellationToken, Task<IReadOnlyList<ValueCount>>> Suggest { get; set; }

    [Parameter]
    public EventCallback<string> OnValue { get; set; }

    private string Label => R["Value_Label", CriteriaWords.LabelOf(Condition.Attribute)];

    private Task SetAsync(string? value) => OnValue.InvokeAsync(value ?? "");

    // Patterns are not values that somebody has.
    private async Task<IReadOnlyList<ComboOption>> FindAsync(string typed, CancellationToken cancellation)
    {
        if (Condition.How.Operator is CompareOperator.Like or CompareOperator.Matches)
        {
            return [];
        }

        var found = await Suggest(Condition.Attribute.Name, typed, cancellation);
        return [.. found.Take(Suggestions).Select(value => new ComboOption(value.Value, value.Value, CriteriaWords.Count(value.Count)))];
    }
}
