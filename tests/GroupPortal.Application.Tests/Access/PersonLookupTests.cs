using GroupPortal.Application.Access;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Tests.Access;

public sealed class PersonLookupTests
{
    [Theory]
    [InlineData(StoreKind.ActiveDirectory, "ada", "Ada Winter")]
    [InlineData(StoreKind.ActiveDirectory, "ADA", "Ada Winter")]
    [InlineData(StoreKind.ActiveDirectory, "ad", null)]
    [InlineData(StoreKind.ActiveDirectory, "nobody", null)]
    [InlineData(StoreKind.EntraId, "uma", "Uma Devi")]
    public async Task An_account_finds_its_own_person_and_nobody_else(StoreKind kind, string account, string? label)
    {
        await using var portal = await TestPortal.StartAsync(kind, withWorker: false);

        var answer = await portal.Get<PersonLookup>().FindAsync(portal.StoreId, new Person(account, account, PortalRole.User), CancellationToken.None);

        Assert.Equal(label, Assert.IsType<DirectoryAnswer<DirectoryObject?>.Ok>(answer).Value?.Label);
    }

    [Fact]
    public async Task A_failure_is_not_remembered_and_a_person_is_for_a_minute()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var people = portal.Get<PersonLookup>();
        portal.Store.ReadError = new DirectoryError.Unavailable();
        Assert.IsType<DirectoryAnswer<DirectoryObject?>.Failed>(await people.FindAsync(portal.StoreId, TestPortal.Uma, CancellationToken.None));
        portal.Store.ReadError = null;
        Assert.IsType<DirectoryAnswer<DirectoryObject?>.Ok>(await people.FindAsync(portal.StoreId, TestPortal.Uma, CancellationToken.None));

        portal.Store.ReadError = new DirectoryError.Unavailable();
        portal.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.IsType<DirectoryAnswer<DirectoryObject?>.Ok>(await people.FindAsync(portal.StoreId, TestPortal.Uma, CancellationToken.None));
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<DirectoryAnswer<DirectoryObject?>.Failed>(await people.FindAsync(portal.StoreId, TestPortal.Uma, CancellationToken.None));
    }
}
