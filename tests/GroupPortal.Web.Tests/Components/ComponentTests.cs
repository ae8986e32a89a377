using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Components;

/// <summary>What every component of the portal may ask for: texts, a clock, Radzen's services.</summary>
public abstract class ComponentTests : BunitContext
{
    protected ComponentTests()
    {
        // A limit for what never comes, not a measure of speed: the machine may be busy.
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        Services.AddLocalization();
        Services.AddLogging();
        Services.AddSingleton<TimeProvider>(Clock);
        Radzen.ServiceCollectionExtensions.AddRadzenComponents(Services);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    protected FakeClock Clock { get; } = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));
}
