using GroupPortal.Core.Directories;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pickers;

public enum PasteBucket
{
    Found,
    NotFound,
    Ambiguous,
}

/// <summary>What pasted references led to, in three buckets; what is ambiguous is settled by hand.</summary>
public sealed partial class PasteBuckets
{
    /// <summary>So many open questions at once; the next come as these are answered.</summary>
    private const int Shown = 50;

    private List<PickOption> _found = [];
    private PasteOutcome? _outcome;
    private PasteBucket _shown;

    [Parameter, EditorRequired]
    public required PasteOutcome Outcome { get; set; }

    [Parameter]
    public IReadOnlySet<Guid> Chosen { get; set; } = new HashSet<Guid>();

    [Parameter]
    public Func<DirectoryObject, string?>? WhyNot { get; set; }

    /// <summary>Something ambiguous has been decided.</summary>
    [Parameter]
    public EventCallback OnSettled { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_outcome, Outcome))
        {
            return;
        }

        _outcome = Outcome;
        _found = [.. Outcome.Found.Select(found => PickOption.From(found, Chosen, WhyNot)).OrderBy(option => option.WhyNot is null)];
        _shown = Outcome switch
        {
            { Ambiguous.Count: > 0 } => PasteBucket.Ambiguous,
            { Found.Count: 0, NotFound.Count: > 0 } => PasteBucket.NotFound,
            _ => PasteBucket.Found,
        };
    }

    private int CountOf(PasteBucket bucket) => bucket switch
    {
        PasteBucket.Found => Outcome.Found.Count,
        PasteBucket.NotFound => Outcome.NotFound.Count,
        _ => Outcome.Ambiguous.Count,
    };

    private async Task SettleAsync(AmbiguousReference one, DirectoryObject meant)
    {
        one.Meant = meant;
        await OnSettled.InvokeAsync();
    }
}
