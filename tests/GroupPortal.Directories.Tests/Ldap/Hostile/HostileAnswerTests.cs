using GroupPortal.Directories.Tests.Ldap.Support;

namespace GroupPortal.Directories.Tests.Ldap.Hostile;

/// <summary>Whatever a server sends: the call ends within its limit, one connection is lost at most, and 64 MB are enough.</summary>
public sealed class HostileAnswerTests(HostileFixture fixture) : IClassFixture<HostileFixture>
{
    public static TheoryData<string> Names { get; } = [.. HostileAnswer.All.Select(hostile => hostile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_ends_as_it_should_and_the_next_call_works(string name)
    {
        var hostile = HostileAnswer.All.Single(one => one.Name == name);
        var outcome = fixture[name];

        Assert.Equal("0", outcome.TimesOutOfMemory);
        Assert.Equal(hostile.Expected, outcome.Answer);
        Assert.True(outcome.NextWorks);
        Assert.True(outcome.Took < HostileClient.Limit + TimedCall.Grace, $"It took {outcome.Took}.");
        Assert.True(outcome.HeapLimit <= HostileFixture.HeapLimit, $"The client had {outcome.HeapLimit} octets.");
        Assert.Equal(hostile.LosesConnection ? 2 : 1, outcome.Connections);
    }
}
