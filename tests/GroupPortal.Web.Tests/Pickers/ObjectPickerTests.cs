using Bunit;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Pickers;
using GroupPortal.Web.Tests.Support;

namespace GroupPortal.Web.Tests.Pickers;

public sealed class ObjectPickerTests(SampleStores stores) : PortalComponentTests(stores)
{
    private readonly List<PickedObject> _chosen = [];
    private readonly List<(string Text, CancellationToken Cancellation)> _searches = [];
    private bool _holdsSearches;

    internal override IEnumerable<IDirectory> Directories() => [WatchedDirectory.Around(Stores.Ad, (method, arguments) =>
    {
        if (method != nameof(IDirectory.FindAsync))
        {
            return null;
        }

        var cancellation = (CancellationToken)arguments[1]!;
        _searches.Add((((ObjectQuery)arguments[0]!).Text, cancellation));
        return _holdsSearches ? Never(cancellation) : null;
    })];

    [Fact]
    public void What_is_typed_is_searched_and_shown_with_the_count()
    {
        var picker = Picker();
        Type(picker, "uma");

        var option = picker.WaitForElement("[role=option]");
        Assert.Contains("Uma Devi", option.TextContent, StringComparison.Ordinal);
        Assert.Contains("uma@demo.local", option.TextContent, StringComparison.Ordinal);
        Assert.Contains("result", picker.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", picker.Find("[role=combobox]").GetAttribute("aria-expanded"));
        Assert.Equal(option.Id, picker.Find("[role=combobox]").GetAttribute("aria-activedescendant"));
    }

    [Fact]
    public async Task A_keystroke_cancels_the_search_before_it()
    {
        _holdsSearches = true;
        var picker = Picker();
        Type(picker, "u");
        await SearchedAsync(1);

        Type(picker, "um");
        await SearchedAsync(2);

        Assert.True(_searches[0].Cancellation.IsCancellationRequested);
        Assert.False(_searches[1].Cancellation.IsCancellationRequested);
    }

    [Fact]
    public async Task Fast_typing_asks_the_directory_once()
    {
        Clock.HoldsDelays = true;
        var picker = Picker();
        foreach (var text in (string[])["u", "um", "uma"])
        {
            await picker.InvokeAsync(() => Type(picker, text));
        }

        Assert.Empty(_searches);
        await picker.InvokeAsync(Clock.Release);
        picker.WaitForElement("[role=option]");

        Assert.Equal("uma", Assert.Single(_searches).Text);
    }

    [Fact]
    public void The_keyboard_alone_finds_and_chooses()
    {
        var picker = Picker();
        Type(picker, "a");
        picker.WaitForState(() => picker.FindAll("[role=option]").Count > 2);
        var names = picker.FindAll(".option-name").Select(name => name.FirstChild!.TextContent).ToList();
        var input = picker.Find("[role=combobox]");

        input.KeyDown("End");
        Assert.Equal(picker.FindAll("[role=option]")[^1].Id, picker.Find("[role=combobox]").GetAttribute("aria-activedescendant"));
        input.KeyDown("ArrowDown");
        Assert.Equal(picker.FindAll("[role=option]")[0].Id, picker.Find("[role=combobox]").GetAttribute("aria-activedescendant"));
        input.KeyDown("ArrowDown");
        input.KeyDown("Enter");

        Assert.Equal(names[1], Assert.Single(_chosen).Label);
        Assert.Equal("false", picker.Find("[role=combobox]").GetAttribute("aria-expanded"));
        Assert.Equal("", picker.Find("[role=combobox]").GetAttribute("value"));

        picker.Render(parameters => parameters.Add(one => one.Chosen, [.. _chosen]));
        picker.Find("[role=combobox]").KeyDown("Backspace");
        Assert.Empty(_chosen);
    }

    [Fact]
    public void Escape_closes_the_list_and_then_empties_the_line()
    {
        var picker = Picker();
        Type(picker, "uma");
        picker.WaitForElement("[role=option]");

        picker.Find("[role=combobox]").KeyDown("Escape");
        picker.WaitForAssertion(() => Assert.Empty(picker.FindAll("[role=option]")));
        Assert.Equal("uma", picker.Find("[role=combobox]").GetAttribute("value"));
        picker.Find("[role=combobox]").KeyDown("Escape");
        picker.WaitForAssertion(() => Assert.Equal("", picker.Find("[role=combobox]").GetAttribute("value")));
    }

    [Fact]
    public void Who_cannot_be_chosen_is_shown_with_the_reason()
    {
        var picker = Picker(_ => "MemberKindUnified");
        Type(picker, "uma");

        var option = picker.WaitForElement("[role=option]");
        Assert.Equal("true", option.GetAttribute("aria-disabled"));
        Assert.Contains("Uma Devi cannot be a member", option.TextContent, StringComparison.Ordinal);
        option.Click();
        picker.Find("[role=combobox]").KeyDown("Enter");
        Assert.Empty(_chosen);
    }

    [Fact]
    public async Task Who_is_chosen_is_marked_and_not_chosen_twice()
    {
        var uma = Assert.Single(Found(await Stores.Ad.FindAsync(new ObjectQuery("uma", [ObjectKind.User]), CancellationToken.None)), one => one.AccountName == "uma");
        _chosen.Add(PickedObject.From(uma));
        var picker = Picker();
        Type(picker, "uma");

        var option = picker.WaitForElement("[role=option][aria-selected=true]");
        Assert.Contains("Chosen", option.TextContent, StringComparison.Ordinal);
        await option.ClickAsync();
        Assert.Single(_chosen);
    }

    private IRenderedComponent<ObjectPicker> Picker(Func<DirectoryObject, string?>? whyNot = null) => Render<ObjectPicker>(parameters => parameters
        .Add(picker => picker.StoreId, 2)
        .Add(picker => picker.Label, "Find members")
        .Add(picker => picker.Kinds, [ObjectKind.User])
        .Add(picker => picker.Chosen, [.. _chosen])
        .Add(picker => picker.WhyNot, whyNot)
        .Add(picker => picker.OnAdd, _chosen.AddRange)
        .Add(picker => picker.OnRemove, id => _chosen.RemoveAll(one => one.Id == id)));

    private static void Type(IRenderedComponent<ObjectPicker> picker, string text) => picker.Find("[role=combobox]").Input(text);

    private async Task SearchedAsync(int times)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (_searches.Count < times)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static async Task<DirectoryAnswer<Page<DirectoryObject>>> Never(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.Infinite, cancellation);
        throw new InvalidOperationException("Unreachable.");
    }
}
