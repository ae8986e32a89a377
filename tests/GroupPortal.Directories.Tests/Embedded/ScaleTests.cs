using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Embedded;
using SQLitePCL;

namespace GroupPortal.Directories.Tests.Embedded;

/// <summary>
/// Work is counted in steps of SQLite's virtual machine, which no busy machine distorts: what a page shows decides, not
/// how many people there are.
/// </summary>
public sealed class ScaleTests(ScaleTests.TwoCompanies companies) : IClassFixture<ScaleTests.TwoCompanies>
{
    public static TheoryData<string> Reads => new(
        "first groups", "groups by text", "groups by change", "first people", "one person", "one group", "first members", "one owner's groups");

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_read_costs_the_same_among_1_000_and_20_000_people(string read)
    {
        var small = await StepsAsync(companies.Small, read);
        var large = await StepsAsync(companies.Large, read);

        Assert.True(small > 0);
        Assert.True(large <= 1.5 * small, $"{read}: {small} steps among 1,000, {large} among 20,000");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("z")]
    [InlineData("ma")]
    public async Task A_search_that_finds_thousands_stops_counting_and_still_shows_the_first_by_name(string text)
    {
        Assert.InRange(await StepsAsync(companies.Large, directory => directory.FindAsync(new ObjectQuery(text, []), CancellationToken.None)), 1, 100_000);
        var page = (await companies.Large.FindAsync(new ObjectQuery(text, [ObjectKind.User]), CancellationToken.None)).Value();
        Assert.Equal(20, page.Items.Count);
        Assert.Equal(page.Items.Select(item => item.Name.ToUpperInvariant()).Order(StringComparer.Ordinal), page.Items.Select(item => item.Name.ToUpperInvariant()));
    }

    [Fact]
    public async Task Many_references_cost_a_look_up_per_level_each()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => Guid.NewGuid().ToString()).ToList();

        var steps = await StepsAsync(companies.Large, directory => directory.ResolveAsync(ids, [], CancellationToken.None));

        Assert.True(steps <= ids.Count * 150L, $"{steps} steps for {ids.Count} references to nobody, which are asked for at every level");
    }

    private static Task<long> StepsAsync(EmbeddedDirectory directory, string read) => StepsAsync<object>(directory, read switch
    {
        "first groups" => async one => await one.FindGroupsAsync(new GroupQuery(), CancellationToken.None),
        "groups by text" => async one => await one.FindGroupsAsync(new GroupQuery("project k"), CancellationToken.None),
        "groups by change" => async one => await one.FindGroupsAsync(new GroupQuery(Sort: GroupSort.Changed, Descending: true), CancellationToken.None),
        "first people" => async one => await one.FindAsync(new ObjectQuery(string.Empty, [ObjectKind.User]), CancellationToken.None),
        "one person" => async one => await one.FindAsync(new ObjectQuery("uma dev", []), CancellationToken.None),
        "one group" => async one => await one.GetGroupAsync(Guid.Parse("24bda903-2afd-408a-a55c-c18adcfb543e"), CancellationToken.None),
        "first members" => async one =>
        {
            var everybody = (await one.FindGroupsAsync(new GroupQuery("all staff"), CancellationToken.None)).Value().Items[0];
            return await one.MembersAsync(new MemberQuery(everybody.Id), CancellationToken.None);
        },
        "one owner's groups" => async one =>
        {
            var uma = (await one.FindAsync(new ObjectQuery("uma dev", []), CancellationToken.None)).Value().Items[0];
            return await one.FindGroupsAsync(new GroupQuery(Owner: uma.Id), CancellationToken.None);
        },
        _ => throw new ArgumentOutOfRangeException(nameof(read)),
    });

    private static async Task<long> StepsAsync<T>(EmbeddedDirectory directory, Func<EmbeddedDirectory, Task<T>> read)
    {
        await read(directory); // prepares the statements, and leaves one reader in the pool
        var reader = Assert.Single(directory.Database.Readers);
        long steps = 0;
        raw.sqlite3_progress_handler(reader.Connection.Handle, 1, _ => Count(ref steps), null);
        try
        {
            await read(directory);
            return steps;
        }
        finally
        {
            raw.sqlite3_progress_handler(reader.Connection.Handle, 0, null, null);
        }

        static int Count(ref long steps)
        {
            steps++;
            return 0; // go on
        }
    }

    public sealed class TwoCompanies : IAsyncLifetime
    {
        private readonly TemporaryFolder _small = new();
        private readonly TemporaryFolder _large = new();
        private EmbeddedDirectory? _smallDirectory;
        private EmbeddedDirectory? _largeDirectory;

        public EmbeddedDirectory Small => _smallDirectory!;

        public EmbeddedDirectory Large => _largeDirectory!;

        public async Task InitializeAsync()
        {
            _smallDirectory = await EmbeddedStores.OpenAsync(StoreKind.ActiveDirectory, _small.Path, people: 1000);
            _largeDirectory = await EmbeddedStores.OpenAsync(StoreKind.ActiveDirectory, _large.Path, people: 20_000);
        }

        public Task DisposeAsync()
        {
            Small.Dispose();
            Large.Dispose();
            _small.Dispose();
            _large.Dispose();
            return Task.CompletedTask;
        }
    }
}
