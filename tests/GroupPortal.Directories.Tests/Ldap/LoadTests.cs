using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>As many at once as there will ever be.</summary>
[Collection(TimedCollection.Name)]
public sealed class LoadTests
{
    [Fact]
    public async Task Ten_thousand_searches_at_once_end_well()
    {
        await using var server = RecordingServer.Start(async (conversation, message) =>
        {
            var name = ((LdapSearch)message.Operation).Base.ToString();
            await conversation.SendAsync((byte[])[.. ResponseEncoder.Entry(message.Id, name), .. ResponseEncoder.Done(message.Id, ResponseEncoder.SearchDone)]);
        });
        await using var client = new LdapClient(server.Options with { CallLimit = TimeSpan.FromMinutes(1) }, TimeProvider.System);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(async number =>
        {
            var name = LdapName.FromEscaped($"cn={number}");
            return (name, Answer: await client.SearchAsync(Operation.AnySearch with { Base = name }, CancellationToken.None));
        }));

        Assert.All(answers, one => Assert.Equal(one.name, one.Answer.Entries.Single().Name));
        Assert.True(server.Connections <= server.Options.MaximumConnections);
    }
}
