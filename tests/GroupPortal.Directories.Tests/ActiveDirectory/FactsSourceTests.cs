using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

public sealed class FactsSourceTests
{
    private static readonly LdapServer One = new("one.demo.local", 636, LdapSecurity.Ldaps);
    private static readonly LdapServer Other = new("other.demo.local", 636, LdapSecurity.Ldaps);

    private LdapServer? _current;
    private int _reads;

    [Fact]
    public async Task They_are_read_once_for_each_server()
    {
        var source = new FactsSource(() => _current, _ => ReadAsync(One));

        Assert.Null(source.Known);
        await source.GetAsync(CancellationToken.None);
        await source.GetAsync(CancellationToken.None);
        Assert.Equal(1, _reads);

        _current = Other;
        await source.GetAsync(CancellationToken.None);
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task All_who_come_meanwhile_wait_for_the_same_reading()
    {
        var gate = new TaskCompletionSource();
        var source = new FactsSource(
            () => _current,
            async _ =>
            {
                await gate.Task;
                return await ReadAsync(One);
            });

        var waiting = Enumerable.Range(0, 10).Select(_ => source.GetAsync(CancellationToken.None)).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(waiting), answer => Assert.IsType<DirectoryAnswer<DomainFacts>.Ok>(answer));
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task A_failure_is_told_and_the_next_question_tries_again()
    {
        var source = new FactsSource(
            () => _current, _ => ++_reads == 1 ? Task.FromResult(DirectoryAnswer.Failed<DomainFacts>(new DirectoryError.Unavailable())) : ReadAsync(One));

        Assert.IsType<DirectoryAnswer<DomainFacts>.Failed>(await source.GetAsync(CancellationToken.None));
        Assert.IsType<DirectoryAnswer<DomainFacts>.Ok>(await source.GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Who_gives_up_does_not_stop_the_others()
    {
        var gate = new TaskCompletionSource();
        var source = new FactsSource(
            () => _current,
            async cancellation =>
            {
                await gate.Task.WaitAsync(cancellation);
                return await ReadAsync(One);
            });
        using var impatience = new CancellationTokenSource();

        var impatient = source.GetAsync(impatience.Token);
        var patient = source.GetAsync(CancellationToken.None);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();

        Assert.IsType<DirectoryAnswer<DomainFacts>.Ok>(await patient);
    }

    [Fact]
    public async Task A_restored_database_is_known_to_all_by_its_new_id_without_another_reading()
    {
        var source = new FactsSource(() => _current, _ => ReadAsync(One));
        var facts = Assert.IsType<DirectoryAnswer<DomainFacts>.Ok>(await source.GetAsync(CancellationToken.None)).Value;
        Assert.Same(facts, source.WithInvocation(facts, facts.InvocationId));
        var id = Guid.NewGuid();

        var restored = source.WithInvocation(facts, id);

        Assert.Equal(facts with { InvocationId = id }, restored);
        Assert.Same(restored, Assert.IsType<DirectoryAnswer<DomainFacts>.Ok>(await source.GetAsync(CancellationToken.None)).Value);
        // Somebody who still has the old ones does not bring them back.
        source.WithInvocation(facts, Guid.NewGuid());
        Assert.Same(restored, source.Known);
        Assert.Equal(1, _reads);
    }

    private Task<DirectoryAnswer<DomainFacts>> ReadAsync(LdapServer server)
    {
        _reads++;
        _current ??= server;
        return Task.FromResult(DirectoryAnswer.Ok(new DomainFacts
        {
            Server = _current,
            Root = new RootDse(DistinguishedName.Parse("DC=demo,DC=local"), LdapName.FromEscaped("CN=Schema,CN=Configuration,DC=demo,DC=local"), null),
            InvocationId = Guid.NewGuid(),
            DomainSid = SecurityIdentifier.Of(new byte[] { 1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0 })!,
            Catalog = AttributeCatalogs.ActiveDirectory,
            Capabilities = FactsReader.Unknown,
        }));
    }
}
