namespace GroupPortal.Directories.Tests.Ldap.Support;

/// <summary>Tests of time limits, and of memory, run alone: a machine that does ten other things proves nothing about half a second.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedCollection
{
    public const string Name = "Alone, by the clock";
}
