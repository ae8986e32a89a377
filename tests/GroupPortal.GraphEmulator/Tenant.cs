using GroupPortal.GraphEmulation.Delta;
using GroupPortal.GraphEmulation.Dynamic;
using GroupPortal.GraphEmulation.Faults;
using GroupPortal.GraphEmulation.Lifecycle;
using GroupPortal.GraphEmulation.Record;
using GroupPortal.GraphEmulation.Store;
using GroupPortal.GraphEmulation.Throttling;
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
        Throttle = new Throttle(options, Id);
        DeltaTokens = new DeltaTokens(Clock, options.DeltaTokenLifetime);
        Dynamic = new DynamicGroups(Store, Clock, options.DynamicDelay);
        Store.Changed = Dynamic.Noticed;
    }

    public EmulatorOptions Options { get; }

    public TimeProvider Clock { get; }

    public string Id { get; }

    public DirectoryStore Store { get; }

    public TokenIssuer Tokens { get; }

    public Rights Rights { get; }

    public RequestRecord Record { get; }

    public FaultBook Faults { get; } = new();

    public Throttle Throttle { get; }

    public DeltaTokens DeltaTokens { get; }

    public DynamicGroups Dynamic { get; }

    public LifecyclePolicy Lifecycle { get; } = new();

    /// <summary>Does what is due by now. The store's lock is held.</summary>
    public void Settle() => Dynamic.EvaluateDue();
}
