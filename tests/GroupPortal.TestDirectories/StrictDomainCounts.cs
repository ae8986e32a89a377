using System.Collections.Immutable;

namespace GroupPortal.TestDirectories;

/// <summary>What clients asked of a <see cref="StrictDomain"/> until now.</summary>
public sealed record StrictDomainCounts
{
    private ImmutableDictionary<LdapOperation, int> _received = ImmutableDictionary<LdapOperation, int>.Empty;
    private ImmutableDictionary<LdapOperation, int> _passed = ImmutableDictionary<LdapOperation, int>.Empty;

    public int Connections { get; init; }

    /// <summary>The largest page size that was asked for, before it was cut.</summary>
    public int LargestPage { get; init; }

    /// <summary>The most values, added and deleted, in one modify.</summary>
    public int LargestModify { get; init; }

    /// <summary>The most values of all attributes in one add.</summary>
    public int LargestAdd { get; init; }

    /// <summary>The most conditions in one filter.</summary>
    public int LargestFilterTerms { get; init; }

    /// <summary>The deepest filter; a condition alone has the depth 1.</summary>
    public int LargestFilterDepth { get; init; }

    public int LargestRequestBytes { get; init; }

    /// <summary>Answers that were cut at <see cref="StrictDomainLimits.MaxValRange"/>.</summary>
    public int CutAttributes { get; init; }

    /// <summary>Searches that were ended by a limit of size or time.</summary>
    public int CutSearches { get; init; }

    /// <summary>How many requests came.</summary>
    public int Received(LdapOperation operation) => _received.GetValueOrDefault(operation);

    /// <summary>How many of them reached the controller.</summary>
    public int Passed(LdapOperation operation) => _passed.GetValueOrDefault(operation);

    internal StrictDomainCounts WithReceived(LdapOperation operation) => this with { _received = _received.SetItem(operation, Received(operation) + 1) };

    internal StrictDomainCounts WithPassed(LdapOperation operation) => this with { _passed = _passed.SetItem(operation, Passed(operation) + 1) };
}
