using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>One domain and the way to it: what every reader and writer of this adapter works with.</summary>
internal sealed class Domain
{
    public Domain(IdentityStore store, LdapClient client, TimeProvider clock)
    {
        Store = store;
        Client = client;
        Clock = clock;
        Base = DistinguishedName.Parse(store.BaseDn);
        BaseName = NameOf(Base);
        Facts = new FactsSource(() => client.Current, cancellation => FactsReader.ReadAsync(this, cancellation));
    }

    public IdentityStore Store { get; }

    public LdapClient Client { get; }

    public TimeProvider Clock { get; }

    /// <summary>The naming context, parsed; everything that is written lies below it.</summary>
    public DistinguishedName Base { get; }

    /// <summary>The naming context as the base of a search.</summary>
    public LdapName BaseName { get; }

    /// <summary>What is known of the domain and of the server that answers now.</summary>
    public FactsSource Facts { get; }

    /// <summary>The one place where a parsed name becomes the name of a request.</summary>
    public static LdapName NameOf(DistinguishedName name) => LdapName.FromEscaped(name.ToString());
}
