using GroupPortal.GraphEmulation.Record;
using GroupPortal.GraphEmulation.Store;
using GroupPortal.GraphEmulation.Tokens;

namespace GroupPortal.GraphEmulation;

/// <summary>What handlers work on.</summary>
internal sealed class Tenant
{
    public Tenant(EmulatorOptions options)
    {
        Options = options;
        Clock = options.TimeProvider;
        Id = options.TenantId;
        Store = new DirectoryStore(Clock);
        Tokens = new TokenIssuer(Clock, Id);
        Rights = new Rights(Store);
        Record = new RequestRecord(Clock);
    }

    public EmulatorOptions Options { get; }

    public TimeProvider Clock { get; }

    public string Id { get; }

    public DirectoryStore Store { get; }

    public TokenIssuer Tokens { get; }

    public Rights Rights { get; }

    public RequestRecord Record { get; }
}
