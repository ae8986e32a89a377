using GroupPortal.Tests;
using Microsoft.Playwright;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>One portal and one Chromium for all journeys; each journey has a browser context of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    public const string Collection = "browser";
    private const string Chromium = "/usr/bin/chromium";

    // The last six keep Chromium from looking up its maker's hosts, which tests have no business with.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    internal PortalProcess Portal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            throw new InvalidOperationException($"The journeys need {Chromium}. As root: apt-get install chromium. tests/run does that.");
        }

        Portal = await PortalProcess.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
    }

    /// <param name="theme">What the operating system prefers.</param>
    /// <param name="width">Of the window: 390 is a phone.</param>
    /// <param name="locale">What the browser tells of its person.</param>
    public Task<Journey> BeginAsync(ColorScheme theme = ColorScheme.Light, int width = 1280, string locale = "en-GB") => BeginAsync(Portal, theme, width, locale);

    /// <summary>For a journey that kills or restarts a portal of its own.</summary>
    internal async Task<Journey> BeginAsync(PortalProcess portal, ColorScheme theme = ColorScheme.Light, int width = 1280, string locale = "en-GB")
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = portal.Address.ToString(),
            ColorScheme = theme,
            Locale = locale,
            ViewportSize = new() { Width = width, Height = width < 640 ? 844 : 860 },
        });
        return await Journey.BeginAsync(context, portal.Address);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Portal.DisposeAsync();
    }
}

[CollectionDefinition(BrowserFixture.Collection)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>;
