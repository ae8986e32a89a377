using GroupPortal.Application.Tasks;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>A group whose team follows, when it is tried again, and a look at what became of it then.</summary>
public sealed partial class TeamNotice : IDisposable
{
    /// <summary>The portal begins when the time has come, and Microsoft Teams takes a while as well.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private ITimer? _due;

    [Inject]
    public required TimeProvider Clock { get; init; }

    /// <summary>The task that makes it.</summary>
    [Parameter, EditorRequired]
    public required TaskInfo Team { get; set; }

    /// <summary>What is known of the task is old.</summary>
    [Parameter]
    public EventCallback OnDue { get; set; }

    /// <summary>A time that is past says nothing any more.</summary>
    private DateTimeOffset? Again => Team.NotBefore is { } at && at > Clock.GetUtcNow() ? at : null;

    public void Dispose() => _due?.Dispose();

    protected override void OnParametersSet()
    {
        _due?.Dispose();
        var wait = Again is { } at ? at - Clock.GetUtcNow() : TimeSpan.Zero;
        _due = Clock.CreateTimer(_ => _ = InvokeAsync(OnDue.InvokeAsync), null, wait + Grace, Timeout.InfiniteTimeSpan);
    }
}
