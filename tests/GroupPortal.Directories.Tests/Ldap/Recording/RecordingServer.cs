using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap.Recording;

/// <summary>
/// A server of the test's own: decodes and keeps what it is sent, and answers by a script. Without one it finds everything good.
/// Binds are answered with success before the script is asked, unless <see cref="Bind"/> says something else.
/// </summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private const string StartTlsOid = "1.3.6.1.4.1.1466.20037";

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentQueue<(int Connection, DecodedMessage Message)> _received = new();
    private readonly ConcurrentDictionary<int, Conversation> _open = new();
    private readonly SslStreamCertificateContext _certificate;
    private readonly LdapSecurity _security;
    private int _connections;

    private RecordingServer(LdapSecurity security, ServerCertificate certificate)
    {
        _security = security;
        Certificate = certificate;
        _certificate = SslStreamCertificateContext.Create(certificate.Certificate, [.. certificate.Chain], offline: true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _ = AcceptAsync();
    }

    public ServerCertificate Certificate { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public LdapServer Address => new("127.0.0.1", Port, _security);

    /// <summary>Nothing more is read from clients before this ends: their requests fill the pipe.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What to do with a request; the default answers success.</summary>
    public Func<Conversation, DecodedMessage, Task> Script { get; set; } = (conversation, message) => conversation.AnswerAsync(message);

    /// <summary>What to do with a bind.</summary>
    public Func<Conversation, DecodedMessage, Task> Bind { get; set; } = (conversation, message) => conversation.AnswerAsync(message);

    /// <summary>What to do with StartTLS; true to go on with TLS.</summary>
    public Func<Conversation, DecodedMessage, Task<bool>> StartTls { get; set; } = async (conversation, message) =>
    {
        await conversation.AnswerAsync(message);
        return true;
    };

    /// <summary>How many connections were taken in all.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How much was received on the connections that stand, in whole messages or not.</summary>
    public long Octets => _open.Values.Sum(conversation => conversation.Octets);

    public int Open => _open.Count;

    public IReadOnlyList<(int Connection, DecodedMessage Message)> Received => [.. _received];

    public IEnumerable<object> Operations => _received.Select(received => received.Message.Operation);

    public LdapOptions Options => new()
    {
        Servers = [Address],
        Trust = new LdapTrust.OfFile(Certificate.AuthorityFile),
        Credential = new LdapCredential("cn=portal", "secret"),
        // A busy machine is no reason for a test to fail; those of the limit say theirs.
        ConnectLimit = TimeSpan.FromSeconds(30),
    };

    public static RecordingServer Start(LdapSecurity security = LdapSecurity.Ldaps, ServerCertificate? certificate = null) =>
        new(security, certificate ?? TestCertificates.Good);

    /// <summary>A server that answers every request but binds by the script.</summary>
    public static RecordingServer Start(Func<Conversation, DecodedMessage, Task> script) => new(LdapSecurity.Ldaps, TestCertificates.Good) { Script = script };

    public Task ReceivesAsync(Func<object, bool> operation) =>
        Condition.HoldsAsync(() => Operations.Any(operation), () => $"Received: {string.Join(", ", Operations)}");

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var conversation in _open.Values)
        {
            conversation.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptAsync();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }

            client.NoDelay = true;
            var conversation = new Conversation(Interlocked.Increment(ref _connections), client, () => Gate);
            _open[conversation.Number] = conversation;
            _ = TalkAsync(conversation);
        }
    }

    private async Task TalkAsync(Conversation conversation)
    {
        try
        {
            if (_security == LdapSecurity.Ldaps || await BeginTlsAsync(conversation))
            {
                await SecureAsync(conversation);
                await AnswerAllAsync(conversation);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or AuthenticationException or SocketException)
        {
            // The client hung up, or did not like what it saw.
        }
        finally
        {
            _open.TryRemove(conversation.Number, out _);
            conversation.End();
            conversation.Close();
        }
    }

    private async Task<bool> BeginTlsAsync(Conversation conversation)
    {
        var message = await conversation.ReceiveAsync();
        if (message is null)
        {
            return false;
        }

        _received.Enqueue((conversation.Number, message));
        return message.Operation is LdapRequest.Extended { Oid: StartTlsOid } && await StartTls(conversation, message);
    }

    private async Task SecureAsync(Conversation conversation)
    {
        var secure = new SslStream(conversation.Stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _certificate });
        conversation.Stream = secure;
    }

    private async Task AnswerAllAsync(Conversation conversation)
    {
        while (await conversation.ReceiveAsync() is { } message)
        {
            _received.Enqueue((conversation.Number, message));
            if (message.Operation is Unbind)
            {
                return;
            }

            _ = RunAsync(message.Operation is LdapRequest.Bind ? Bind : Script, conversation, message);
        }
    }

    /// <summary>Beside the reading: a script may go on for ever, or wait for what comes next.</summary>
    private static async Task RunAsync(Func<Conversation, DecodedMessage, Task> script, Conversation conversation, DecodedMessage message)
    {
        try
        {
            await script(conversation, message);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client hung up before it had heard everything.
        }
    }
}
