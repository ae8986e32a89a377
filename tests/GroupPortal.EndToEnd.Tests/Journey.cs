using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace GroupPortal.EndToEnd.Tests;

/// <summary>
/// One person in one browser. It collects whatever a careful person would see in the developer tools, and fails at its end
/// when there was anything: an error in the console, a violated content security policy, a request to another host.
/// </summary>
public sealed class Journey : IAsyncDisposable
{
    private const string ReportViolations = """
        document.addEventListener("securitypolicyviolation",
          e => console.error(`Content security policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
        """;

    /// <summary>A colour is judged when it has come to rest.</summary>
    private const string AwaitFades = """
        () => Promise.all(document.getAnimations()
          .filter(a => a.effect.getComputedTiming().endTime !== Infinity)
          .map(a => a.finished.catch(() => {})))
          .then(() => undefined)
        """;

    private static readonly string[] Grave = ["serious", "critical"];

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly List<string> _expected = [];

    private Journey(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    internal static async Task<Journey> BeginAsync(IBrowserContext context, Uri portal)
    {
        await context.AddInitScriptAsync(ReportViolations);
        var journey = new Journey(context, await context.NewPageAsync());
        journey.Page.Console += (_, message) => journey.Note(message.Type == "error", $"console: {message.Text} ({message.Location})");
        journey.Page.PageError += (_, error) => journey.Note(true, $"script: {error}");
        journey.Page.Request += (_, request) => journey.Note(
            new Uri(request.Url) is { Scheme: "http" or "https" or "ws" or "wss" } address && address.Authority != portal.Authority,
            $"foreign host: {request.Url}");
        return journey;
    }

    /// <summary>Signs in, as a demo account or with a password of one's own, from wherever the sign-in page is reached, and waits for the shell.</summary>
    public async Task SignInAsync(string account, string path = "/", string password = "demo")
    {
        await Page.GotoAsync(path);
        await Page.GetByLabel("Account name").FillAsync(account);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).WaitForAsync();
    }

    /// <summary>For a journey that means to meet an error: complaints that contain this text are expected.</summary>
    public void Expect(string complaint) => _expected.Add(complaint);

    /// <summary>No serious or critical finding of axe on the page as it stands.</summary>
    public async Task AssertAccessibleAsync()
    {
        await Page.EvaluateAsync(AwaitFades);
        var result = await Page.RunAxe();
        var grave = result.Violations.Where(violation => Grave.Contains(violation.Impact)).ToList();
        Assert.True(grave.Count == 0, string.Join('\n', grave.Select(Describe)));
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        var unexpected = _complaints.Where(complaint => !_expected.Any(text => complaint.Contains(text, StringComparison.Ordinal))).ToArray();
        Assert.True(unexpected.Length == 0, string.Join('\n', unexpected));
    }

    private void Note(bool wrong, string complaint)
    {
        if (wrong)
        {
            _complaints.Enqueue(complaint);
        }
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Impact}): {violation.Help}\n" + string.Join('\n', violation.Nodes.Select(node => $"  {node.Target}: {node.Html}"));
}
