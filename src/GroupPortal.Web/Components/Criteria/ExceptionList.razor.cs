using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>Who is in, or out, whatever the rule says: with the reason, and the last day of it.</summary>
public sealed partial class ExceptionList : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<Guid, PickedObject> _known = [];

    [Inject]
    public required GroupReader Reader { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    [Parameter, EditorRequired]
    public string PickerLabel { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<MembershipException> Exceptions { get; set; } = [];

    /// <summary>The other list, which wins where somebody is in both.</summary>
    [Parameter]
    public IReadOnlyList<MembershipException> Others { get; set; } = [];

    [Parameter]
    public string? OtherText { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<MembershipException>> OnChange { get; set; }

    private IReadOnlyList<PickedObject> Chosen => [.. Exceptions.Select(one => _known.GetValueOrDefault(one.Id) ?? new PickedObject(one.Id, ObjectKind.User, one.Id.ToString("D"), ""))];

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var unknown = Exceptions.Select(one => one.Id).Where(id => !_known.ContainsKey(id)).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        try
        {
            if (await Reader.GetObjectsAsync(StoreId, unknown, _gone.Token) is DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>.Ok(var found))
            {
                foreach (var (id, one) in found)
                {
                    _known[id] = PickedObject.From(one);
                }
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page has been left.
        }
    }

    /// <summary>The exception counts to the end of its last day, UTC; the day itself is what people choose.</summary>
    internal static DateTimeOffset? EndOf(string? day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new DateTimeOffset(date.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : null;

    internal static string DayOf(DateTimeOffset? end) => end is { } at ? at.UtcDateTime.AddTicks(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    private bool IsOver(MembershipException one) => !one.HoldsAt(Clock.GetUtcNow());

    private async Task AddAsync(IReadOnlyList<PickedObject> picked)
    {
        var by = (await Person.GetAsync()).Account;
        foreach (var one in picked)
        {
            _known[one.Id] = one;
        }

        await OnChange.InvokeAsync([.. Exceptions, .. picked.Where(one => Exceptions.All(known => known.Id != one.Id)).Select(one => new MembershipException(one.Id, "", null, by))]);
    }

    private Task PutAsync(MembershipException changed) => OnChange.InvokeAsync([.. Exceptions.Select(one => one.Id == changed.Id ? changed : one)]);

    private Task RemoveAsync(MembershipException gone) => RemoveIdAsync(gone.Id);

    private Task RemoveIdAsync(Guid id) => OnChange.InvokeAsync([.. Exceptions.Where(one => one.Id != id)]);
}
