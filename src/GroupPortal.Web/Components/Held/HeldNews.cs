namespace GroupPortal.Web.Components.Held;

/// <summary>Tells the number in the navigation that something was decided. One per circuit.</summary>
public sealed class HeldNews
{
    public event EventHandler? Changed;

    public void Tell() => Changed?.Invoke(this, EventArgs.Empty);
}
