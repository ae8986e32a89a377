using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Pickers;

namespace GroupPortal.Web.Tests.Pickers;

public sealed class ContainerTreeTests
{
    private const string Root = "DC=demo,DC=local";

    private static readonly Dictionary<string, ContainerNode[]> Nodes = new()
    {
        [""] = [new(Root, "demo.local", HasChildren: true)],
        [Root] = [new($"OU=Groups,{Root}", "Groups", HasChildren: false), new($"OU=Staff,{Root}", "Staff", HasChildren: true)],
        [$"OU=Staff,{Root}"] = [new($"OU=Graz,OU=Staff,{Root}", "Graz", HasChildren: false)],
    };

    private readonly List<string> _asked = [];

    [Fact]
    public async Task It_opens_down_to_the_present_container_and_asks_for_nothing_else()
    {
        var tree = await OpenAsync($"OU=Graz,OU=Staff,{Root}");

        Assert.Equal(["demo.local", "Groups", "Staff", "Graz"], Names(tree));
        Assert.Equal(3, tree.Active);
        Assert.Equal(["", Root, $"OU=Staff,{Root}"], _asked);
    }

    [Fact]
    public async Task The_arrow_keys_go_in_and_out()
    {
        var tree = await OpenAsync($"OU=Staff,{Root}");
        Assert.Equal(["demo.local", "Groups", "Staff"], Names(tree));

        await tree.GoInAsync();
        Assert.Equal(["demo.local", "Groups", "Staff", "Graz"], Names(tree));
        await tree.GoInAsync();
        Assert.Equal(3, tree.Active);
        tree.GoOut();
        Assert.Equal(2, tree.Active);
        tree.GoOut();
        Assert.Equal(["demo.local", "Groups", "Staff"], Names(tree));
        tree.GoOut();
        tree.GoOut();
        Assert.Equal(["demo.local"], Names(tree));
        Assert.Equal(0, tree.Active);
    }

    [Fact]
    public async Task A_directory_that_does_not_answer_leaves_its_reason()
    {
        var tree = new ContainerTree(_ => Task.FromResult(DirectoryAnswer.Failed<IReadOnlyList<ContainerNode>>(new DirectoryError.Unavailable())));
        await tree.OpenAtAsync(Root);

        Assert.IsType<DirectoryError.Unavailable>(tree.Error);
        Assert.Empty(tree.Lines);
    }

    private static IEnumerable<string> Names(ContainerTree tree) => tree.Lines.Select(line => line.Node.Name);

    private async Task<ContainerTree> OpenAsync(string container)
    {
        var tree = new ContainerTree(parent =>
        {
            _asked.Add(parent ?? "");
            return Task.FromResult(DirectoryAnswer.Ok<IReadOnlyList<ContainerNode>>(Nodes[parent ?? ""]));
        });
        await tree.OpenAtAsync(container);
        return tree;
    }
}
