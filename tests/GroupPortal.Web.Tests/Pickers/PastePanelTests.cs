using System.Text;
using Bunit;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Pickers;
using GroupPortal.Web.Tests.Support;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Tests.Pickers;

public sealed class PastePanelTests(SampleStores stores) : PortalComponentTests(stores)
{
    private readonly List<PickedObject> _added = [];
    private int _portions;

    internal override IEnumerable<IDirectory> Directories() => [WatchedDirectory.Around(Stores.Ad, (method, arguments) =>
    {
        if (method != nameof(IDirectory.ResolveAsync))
        {
            return null;
        }

        _portions++;
        var references = (IReadOnlyCollection<string>)arguments[0]!;
        return references.Contains("twins") || references.Count == PasteLookup.Portion ? TwinsAsync(references, (CancellationToken)arguments[2]!) : null;
    })];

    [Fact]
    public void What_was_pasted_falls_into_three_buckets()
    {
        var panel = LookUp("uma; hal\nnobody@nowhere.example\ntwins");

        Assert.Equal(["Found 2", "Not found 1", "Ambiguous 1"], panel.FindAll("[role=tab]").Select(tab => tab.TextContent.Trim()));
        Assert.Equal("Add 2", AddButton(panel).TextContent.Trim());
        panel.FindAll("[role=tab]")[1].Click();
        Assert.Contains("nobody@nowhere.example", panel.Find("[role=tabpanel]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_ambiguous_is_settled_by_hand()
    {
        var panel = LookUp("twins");
        Assert.Contains("“twins” fits 2", panel.Find("legend").TextContent, StringComparison.Ordinal);

        panel.FindAll("input[type=radio]")[1].Change("on");
        AddButton(panel).Click();

        Assert.Equal("Hal Reyes", Assert.Single(_added).Label);
    }

    [Fact]
    public void What_cannot_be_a_member_is_not_added()
    {
        var panel = LookUp("uma\nhal", found => found.AccountName == "hal" ? "MemberKindUnified" : null);

        Assert.Equal("Add 1", AddButton(panel).TextContent.Trim());
        Assert.Contains("Hal Reyes cannot be a member", panel.Find("[role=tabpanel]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_very_long_list_is_looked_up_in_portions()
    {
        LookUp(string.Join('\n', Enumerable.Range(0, 20 * PasteLookup.Portion).Select(number => $"person{number}")));

        Assert.Equal(20, _portions);
    }

    private IRenderedComponent<PastePanel> LookUp(string text, Func<DirectoryObject, string?>? whyNot = null)
    {
        JSInterop.SetupModule("./assets/js/chunked-text.js").Setup<IJSStreamReference>("read", _ => true).SetResult(new TextStream(text));
        var panel = Render<PastePanel>(parameters => parameters
            .Add(one => one.StoreId, 2)
            .Add(one => one.Kinds, [ObjectKind.User])
            .Add(one => one.WhyNot, whyNot)
            .Add(one => one.OnAdd, _added.AddRange));
        panel.FindAll("button").Single(button => button.TextContent == "Look up").Click();
        panel.WaitForElement("[role=tab]");
        return panel;
    }

    private static AngleSharp.Dom.IElement AddButton(IRenderedComponent<PastePanel> panel) =>
        panel.FindAll("button").Single(button => button.TextContent.Trim().StartsWith("Add ", StringComparison.Ordinal));

    private async Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> TwinsAsync(IReadOnlyCollection<string> references, CancellationToken cancellation)
    {
        var pair = await Stores.Ad.ResolveAsync(["uma", "hal"], [], cancellation);
        var found = Assert.IsType<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok>(pair).Value;
        var answer = references.ToDictionary(reference => reference, reference => found.GetValueOrDefault(reference) ?? new ReferenceMatch.NotFound());
        if (answer.ContainsKey("twins"))
        {
            answer["twins"] = new ReferenceMatch.Ambiguous([.. found.Values.Select(match => Assert.IsType<ReferenceMatch.Found>(match).Object)]);
        }

        return DirectoryAnswer.Ok<IReadOnlyDictionary<string, ReferenceMatch>>(answer);
    }

    private sealed class TextStream(string text) : IJSStreamReference
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);

        public long Length => _bytes.Length;

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512000, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<Stream>(new MemoryStream(_bytes));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
