using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Text;
using GroupPortal.TestDirectories;
using GroupPortal.TestDirectories.Certificates;
using GroupPortal.TestDirectories.Limits;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>A connection that sends what the tools would not: one request at a time, by its octets.</summary>
internal sealed class RawLdap : IAsyncDisposable
{
    private readonly LdapStream _stream;
    private int _id;

    private RawLdap(SslStream stream) => _stream = new LdapStream(stream, int.MaxValue);

    public static async Task<RawLdap> ConnectAsync(IPEndPoint server, string caFile) =>
        new(await TrustedConnection.OpenAsync(server, caFile, CancellationToken.None));

    public async Task<int> BindAsync(TestAccount account) => (await AskAsync(LdapMessage.Of(++_id, (int)LdapOperation.Bind, writer =>
    {
        writer.WriteInteger(3);
        writer.WriteOctetString(Encoding.UTF8.GetBytes(account.BindName));
        writer.WriteOctetString(Encoding.UTF8.GetBytes(account.Password), new Asn1Tag(TagClass.ContextSpecific, 0));
    }))).Code;

    /// <summary>All objects of a scope: of each, its attributes with their numbers of values.</summary>
    public Task<(int Code, List<(string Name, int Values)[]> Entries)> SearchAsync(string baseDn, byte scope, params string[] attributes) =>
        AskAsync(SearchRequest(baseDn, scope, attributes));

    /// <summary>Sends a search and at once that its answer is not wanted any more.</summary>
    public async Task SearchAndAbandonAsync(string baseDn, byte scope)
    {
        var search = SearchRequest(baseDn, scope, []);
        await _stream.WriteAsync(search, CancellationToken.None);
        await _stream.WriteAsync(LdapMessage.Abandon(++_id, search.Id), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private LdapMessage SearchRequest(string baseDn, byte scope, string[] attributes) => LdapMessage.Of(++_id, (int)LdapOperation.Search, writer =>
    {
        writer.WriteOctetString(Encoding.UTF8.GetBytes(baseDn));
        writer.WriteEncodedValue([0x0a, 1, scope]);
        writer.WriteEncodedValue([0x0a, 1, 0]);
        writer.WriteInteger(0);
        writer.WriteInteger(0);
        writer.WriteBoolean(false);
        writer.WriteOctetString("objectClass"u8, new Asn1Tag(TagClass.ContextSpecific, 7));
        using (writer.PushSequence())
        {
            foreach (var attribute in attributes)
            {
                writer.WriteOctetString(Encoding.UTF8.GetBytes(attribute));
            }
        }
    });

    private async Task<(int Code, List<(string Name, int Values)[]> Entries)> AskAsync(LdapMessage request)
    {
        var entries = new List<(string, int)[]>();
        await _stream.WriteAsync(request, CancellationToken.None);
        while (await _stream.ReadAsync(CancellationToken.None) is var (answer, _))
        {
            Assert.Equal(request.Id, answer.Id);
            if (answer.IsFinal)
            {
                return (answer.Content().ReadEnumeratedBytes().Span[^1], entries);
            }

            entries.Add([.. Attributes(answer)]);
        }

        throw new IOException("The server hung up.");
    }

    private static IEnumerable<(string Name, int Values)> Attributes(LdapMessage entry)
    {
        var content = entry.Content();
        content.ReadEncodedValue();
        var attributes = content.ReadSequence();
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            var name = Encoding.UTF8.GetString(attribute.ReadOctetString());
            var values = attribute.ReadSetOf();
            var count = 0;
            for (; values.HasData; count++)
            {
                values.ReadOctetString();
            }

            yield return (name, count);
        }
    }
}
