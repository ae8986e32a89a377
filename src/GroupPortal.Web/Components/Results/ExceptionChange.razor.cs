using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>What a plan does to the exceptions of a rule, with the names that the ids have.</summary>
public sealed partial class ExceptionChange : IDisposable
{
    private const int First = 5;
    private readonly CancellationTokenSource _left = new();
    private readonly Dictionary<Guid, string> _names = [];
    private List<(string Sign, MembershipException One)> _changes = [];
    private (IReadOnlyList<string>? Before, IReadOnlyList<string>? After) _known;
    private int _same;
    private int _shown = First;

    [Inject]
    public required GroupReader Reader { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Before { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<string> After { get; set; } = [];

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_known.Before, Before) && ReferenceEquals(_known.After, After))
        {
            return Task.CompletedTask;
        }

        _known = (Before, After);
        var (before, after) = (Before.ToHashSet(StringComparer.Ordinal), After.ToHashSet(StringComparer.Ordinal));
        _same = before.Count(after.Contains);
        _changes =
        [
            .. Read(After.Where(value => !before.Contains(value))).Select(one => ("+", one)),
            .. Read(Before.Where(value => !after.Contains(value))).Select(one => ("−", one)),
        ];
        return NameAsync();
    }

    private Task MoreAsync()
    {
        _shown = _shown == First ? 100 : _shown + 100;
        return NameAsync();
    }

    private async Task NameAsync()
    {
        var unknown = _changes.Take(_shown).Select(change => change.One.Id).Where(id => !_names.ContainsKey(id)).Distinct().ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        try
        {
            if (await Reader.GetObjectsAsync(StoreId, unknown, _left.Token) is DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>.Ok(var found))
            {
                foreach (var (id, one) in found)
                {
                    _names[id] = one.Label;
                }
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page has been left.
        }
    }

    private string NameOf(MembershipException one) => _names.GetValueOrDefault(one.Id) ?? one.Id.ToString("D");

    private string Rest(MembershipException one) => string.Join(", ", new[]
    {
        one.Until is { } end ? P["Exception_Until", end.UtcDateTime.AddTicks(-1).ToString("d", CultureInfo.CurrentCulture)].Value : "",
        one.Reason,
    }.Where(part => part.Length > 0));

    private static IEnumerable<MembershipException> Read(IEnumerable<string> values) =>
        values.Select(value => RuleValues.TryParse(value, out MembershipException? one) ? one : null).OfType<MembershipException>();
}
