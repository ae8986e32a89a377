using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>One domain and the way to it: what every reader and writer of this adapter works with.</summary>
internal sealed class Domain(IdentityStore store, LdapClient client, TimeProvider clock)
{
    public IdentityStore Store { get; } = store;

    public LdapClient Client { get; } = client;

    public TimeProvider Clock { get; } = clock;

    /// <summary>The naming context, parsed; everything that is written lies below it.</summary>
    public DistinguishedName Base { get; } = DistinguishedName.Parse(store.BaseDn);

    /// <summary>The one place where a parsed name becomes the name of a request.</summary>
    public static LdapName NameOf(DistinguishedName name) => LdapName.FromEscaped(name.ToString());
}
