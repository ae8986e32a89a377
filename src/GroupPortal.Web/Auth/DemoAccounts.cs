using System.Security.Cryptography;
using System.Text;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using Microsoft.Extensions.Options;

namespace GroupPortal.Web.Auth;

/// <summary>
/// Accounts for trying the portal out, with one password known to all.
/// They exist only while every address that the portal listens on is loopback and every store is a sample directory or served
/// by this machine: they must never become a way into a real one.
/// </summary>
internal sealed class DemoAccounts(
    LoopbackListeners listeners, StoreRegistry stores, StoresOnThisMachine connected, IOptionsMonitor<DemoOptions> options) : IPasswordSignIn
{
    public const string MethodName = "demo";

    public static IReadOnlyList<PortalAccount> All { get; } =
    [
        new("ada", "Ada Winter", PortalRoles.Administrator),
        new("ida", "Ida Sommer", PortalRoles.Administrator),
        new("hal", "Hal Reyes", PortalRoles.Helpdesk),
        new("uma", "Uma Devi", PortalRoles.User),
    ];

    public string Method => MethodName;

    public bool IsAvailable =>
        options.CurrentValue.Password.Length > 0
        && listeners.AreLoopbackOnly
        && stores.All.All(directory => directory.Store.Connection switch
        {
            StoreConnection.Embedded => true,
            StoreConnection.Ldap or StoreConnection.Graph => connected.AreAll,
            _ => false,
        });

    public Task<SignInAnswer> SignInAsync(string name, string password, CancellationToken cancellationToken) =>
        Task.FromResult<SignInAnswer>(IsAvailable && Matches(password, options.CurrentValue.Password) && Find(name) is { } account
            ? new SignInAnswer.Welcome(account, Method)
            : new SignInAnswer.Refused(SignInRefusal.DoNotMatch));

    public Task<bool> IsStillValidAsync(string name, string role, CancellationToken cancellationToken) =>
        Task.FromResult(IsAvailable && Find(name)?.Role == role);

    private static PortalAccount? Find(string name) =>
        All.FirstOrDefault(account => string.Equals(account.Name, name, StringComparison.OrdinalIgnoreCase));

    private static bool Matches(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
