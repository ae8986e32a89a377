using System.Globalization;
using GroupPortal.Tests;
using Microsoft.Playwright;

namespace GroupPortal.Benchmarks;

/// <summary>From a key that is pressed in a real browser to counts that are right again: the wait of whoever types a rule.</summary>
internal static class KeystrokeBenchmark
{
    private const string Chromium = "/usr/bin/chromium";
    private const int People = 100_000;

    /// <summary>Notes how long after each input the effect ceases to be marked as stale.</summary>
    private const string Watch = """
        () => {
          window.waits = [];
          let began = 0, wasStale = false;
          document.addEventListener("input", () => { began = performance.now(); wasStale = false; }, true);
          new MutationObserver(() => {
            const isStale = document.querySelector(".effect-body")?.classList.contains("stale");
            if (isStale) { wasStale = true; }
            else if (wasStale && began) { window.waits.push(performance.now() - began); began = 0; }
          }).observe(document.body, { subtree: true, attributes: true, childList: true, characterData: true });
        }
        """;

    public static async Task RunAsync()
    {
        await using var portal = await PortalProcess.StartAsync(("Embedded:People", People.ToString(CultureInfo.InvariantCulture)));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Address.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/rules/try");
        await page.GetByLabel("Account name").FillAsync("ada");
        await page.GetByLabel("Password").FillAsync("demo");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Condition", Exact = true }).ClickAsync();
        var value = page.GetByRole(AriaRole.Combobox, new() { Name = "Value of Department" });
        // The builder leads to the new clause; whoever types before is interrupted by it.
        await Assertions.Expect(value).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Attribute" }).FillAsync("department");
        await page.Locator(".clause").GetByRole(AriaRole.Option, new() { Name = "Department" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Condition", Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "contains" });
        await value.FillAsync("e");
        await page.Locator(".effect-body:not(.stale) .count-all").WaitForAsync(new() { Timeout = 120_000 });
        await page.EvaluateAsync(Watch);
        var (expected, typed, counts) = (0, "e", new Dictionary<string, string>(StringComparer.Ordinal));
        for (var round = 0; round < 8; round++)
        {
            foreach (var key in (string[])["n", "g", "i", "n", "Backspace", "Backspace", "Backspace", "Backspace"])
            {
                await value.PressAsync(key);
                expected++;
                await page.WaitForFunctionAsync("count => window.waits.length >= count", expected);
                typed = key == "Backspace" ? typed[..^1] : typed + key;
                var count = await page.Locator(".count-all .effect-number").TextContentAsync() ?? string.Empty;
                if (!counts.TryAdd(typed, count) && counts[typed] != count)
                {
                    throw new InvalidOperationException($"“{typed}” counted {counts[typed]} before and {count} now: what was timed was not the answer.");
                }
            }
        }

        if (counts["e"] == counts["engin"])
        {
            throw new InvalidOperationException("The counts did not follow what was typed.");
        }

        // The first keys meet code that is not compiled yet.
        var waits = (await page.EvaluateAsync<double[]>("() => window.waits")).Skip(16).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Keystroke to fresh counts in Chromium, {People:N0} people, debounce included: median {waits[waits.Count / 2]:0} ms (min {waits[0]:0}, 95 of 100 {waits[waits.Count * 95 / 100]:0}, max {waits[^1]:0}; {waits.Count} keys)   goal at most 250 ms"));
    }
}
