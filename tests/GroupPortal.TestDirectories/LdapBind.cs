using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using GroupPortal.TestDirectories.Certificates;

namespace GroupPortal.TestDirectories;

/// <summary>
/// One simple bind over LDAPS (RFC 4511, 4.2), on a connection of its own: what tells that a server is up, and what it
/// says to a password, without the client library that is under test.
/// </summary>
/// <param name="Code">The result code; 0 is success.</param>
public sealed record LdapBind(int Code, string Message)
{
    private static readonly Asn1Tag Request = new(TagClass.Application, 0, isConstructed: true);
    private static readonly Asn1Tag Response = new(TagClass.Application, 1, isConstructed: true);
    private static readonly Asn1Tag Simple = new(TagClass.ContextSpecific, 0);

    public bool Succeeded => Code == 0;

    /// <param name="caFile">The only authority that is trusted, as PEM.</param>
    /// <exception cref="IOException">The server cannot be reached or hung up.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The certificate is not good for this address.</exception>
    public static async Task<LdapBind> TryAsync(IPEndPoint server, string caFile, string user, string password, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(server);
        await using var stream = await TrustedConnection.OpenAsync(server, caFile, cancellation);
        await stream.WriteAsync(Encode(user, password), cancellation);
        return Decode(await ReadMessageAsync(stream, cancellation));
    }

    private static byte[] Encode(string user, string password)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence(Request))
            {
                writer.WriteInteger(3);
                writer.WriteOctetString(System.Text.Encoding.UTF8.GetBytes(user));
                writer.WriteOctetString(System.Text.Encoding.UTF8.GetBytes(password), Simple);
            }
        }

        return writer.Encode();
    }

    private static LdapBind Decode(byte[] message)
    {
        var sequence = new AsnReader(message, AsnEncodingRules.BER).ReadSequence();
        _ = sequence.ReadInteger();
        var result = sequence.ReadSequence(Response);
        var code = (int)result.ReadEnumeratedBytes().Span[^1];
        _ = result.ReadOctetString();
        return new LdapBind(code, System.Text.Encoding.UTF8.GetString(result.ReadOctetString()).TrimEnd('\0'));
    }

    /// <summary>Reads until the bytes are one whole BER value.</summary>
    private static async Task<byte[]> ReadMessageAsync(SslStream stream, CancellationToken cancellation)
    {
        var buffer = new byte[8192];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation);
            if (read == 0)
            {
                throw new IOException("The server closed the connection before it answered.");
            }

            length += read;
            if (AsnDecoder.TryReadEncodedValue(buffer.AsSpan(0, length), AsnEncodingRules.BER, out _, out _, out _, out var whole))
            {
                return buffer[..whole];
            }
        }
    }
}
