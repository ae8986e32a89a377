using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using GroupPortal.Ldap.Wire;

namespace GroupPortal.Ldap.Connections;

/// <summary>
/// Makes connections: address, TCP, TLS, bind, within one limit, and says at which of them it failed. There is no way
/// through here that leaves TLS out.
/// </summary>
internal sealed class Connector(LdapOptions options, TimeProvider clock)
{
    private const string StartTlsOid = "1.3.6.1.4.1.1466.20037";

    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    public async Task<(LdapConnection? Connection, LdapFault? Fault)> ConnectAsync(LdapServer server, LdapCredential credential, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.ConnectLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var stage = new Stage(server);
        try
        {
            return await ConnectAsync(stage, credential, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, stage.Fault(LdapFaultKind.Unreachable, $"{stage.Doing} took longer than the limit."));
        }
    }

    private async Task<(LdapConnection? Connection, LdapFault? Fault)> ConnectAsync(Stage stage, LdapCredential credential, CancellationToken cancellation)
    {
        var server = stage.Server;
        var (trusted, problem) = TrustedCertificates.Load(options.Trust);
        if (problem is not null)
        {
            return (null, stage.Fault(LdapFaultKind.Trust, problem));
        }

        var (socket, fault) = await OpenSocketAsync(stage, cancellation);
        if (socket is null)
        {
            return (null, fault);
        }

        var plain = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (server.Security == LdapSecurity.StartTls && await StartTlsAsync(stage, plain, cancellation) is { } refused)
            {
                await plain.DisposeAsync();
                return (null, refused);
            }
        }
        catch (Exception broken) when (broken is IOException or MalformedMessageException)
        {
            await plain.DisposeAsync();
            return (null, stage.Fault(LdapFaultKind.Tls, $"{stage.Doing} failed: {broken.Message}"));
        }
        catch
        {
            await plain.DisposeAsync();
            throw;
        }

        var (secure, untrusted) = await SecureAsync(stage, plain, trusted, cancellation);
        return secure is null ? (null, untrusted) : await BindAsync(stage, new LdapConnection(secure, server, options, clock), credential, cancellation);
    }

    private static async Task<(Socket? Socket, LdapFault? Fault)> OpenSocketAsync(Stage stage, CancellationToken cancellation)
    {
        stage.Doing = "Looking up the name";
        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(stage.Server.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(stage.Server.Host, cancellation);
        }
        catch (SocketException unknown)
        {
            return (null, stage.Fault(LdapFaultKind.NameNotFound, unknown.Message));
        }
        catch (ArgumentException unknown)
        {
            return (null, stage.Fault(LdapFaultKind.NameNotFound, unknown.Message));
        }

        stage.Doing = "Connecting";
        var fault = stage.Fault(LdapFaultKind.NameNotFound, "The name leads to no address.");
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, stage.Server.Port), cancellation);
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                return (socket, null);
            }
            catch (SocketException refused)
            {
                socket.Dispose();
                var kind = refused.SocketErrorCode == SocketError.ConnectionRefused ? LdapFaultKind.Refused : LdapFaultKind.Unreachable;
                fault = stage.Fault(kind, refused.Message);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        return (null, fault);
    }

    /// <summary>RFC 4511 4.14, before anything else is on the connection. Octets sent along with the answer are nobody's and end it.</summary>
    private async Task<LdapFault?> StartTlsAsync(Stage stage, NetworkStream plain, CancellationToken cancellation)
    {
        stage.Doing = "StartTLS";
        await plain.WriteAsync(RequestWriter.Write(1, new LdapRequest.Extended(StartTlsOid)), cancellation);
        var frames = new FrameReader(plain, 64 * 1024);
        if (await frames.ReadAsync(cancellation) is not { } message)
        {
            return stage.Fault(LdapFaultKind.Closed, "The server closed the connection instead of starting TLS.");
        }

        if (ResponseReader.Read(message, options.MaximumAnswerBytes) is not Response.Done { Id: 1, Tag: 0x78, Result: var result } || frames.HasRest)
        {
            return stage.Fault(LdapFaultKind.BadAnswer, "The server answered StartTLS with something else.");
        }

        return result.IsSuccess
            ? null
            : stage.Fault(LdapFaultKind.Tls, $"The server refused StartTLS: {result.Message}") with { Result = result };
    }

    private async Task<(SslStream? Stream, LdapFault? Fault)> SecureAsync(
        Stage stage, NetworkStream plain, X509Certificate2Collection? trusted, CancellationToken cancellation)
    {
        stage.Doing = "TLS";
        CertificateProblem? problem = null;
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = stage.Server.Host,
                    EnabledSslProtocols = SslProtocols.None,
                    // .NET builds a chain of its own before it asks; it must not fetch what an unknown certificate tells it to.
                    CertificateChainPolicy = CertificateCheck.PolicyFor([], trusted, clock.GetUtcNow()),
                    RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                    {
                        problem = certificate is X509Certificate2 given
                            ? CertificateCheck.ProblemOf(given, chain?.ChainPolicy.ExtraStore ?? [], stage.Server.Host, trusted, clock.GetUtcNow())
                            : new CertificateProblem.Other("The server showed no certificate.");
                        return problem is null;
                    },
                },
                cancellation);
            return (secure, null);
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException or InvalidOperationException)
        {
            await secure.DisposeAsync();
            return (null, problem is null
                ? stage.Fault(LdapFaultKind.Tls, $"TLS could not be agreed on: {failed.GetBaseException().Message}")
                : stage.Fault(LdapFaultKind.Certificate, CertificateCheck.Describe(problem)) with { Certificate = problem });
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private static async Task<(LdapConnection? Connection, LdapFault? Fault)> BindAsync(
        Stage stage, LdapConnection connection, LdapCredential credential, CancellationToken cancellation)
    {
        stage.Doing = "The bind";
        LdapAnswer answer;
        try
        {
            answer = await connection.SendAsync(new LdapRequest.Bind(credential), cancellation);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        if (answer is LdapAnswer.Answered { Result.IsSuccess: true })
        {
            return (connection, null);
        }

        await connection.DisposeAsync();
        cancellation.ThrowIfCancellationRequested();
        return (null, answer switch
        {
            LdapAnswer.Answered answered => stage.Fault(LdapFaultKind.Bind, $"The server refused {credential}: {answered.Result.Message}") with { Result = answered.Result },
            LdapAnswer.NotSent notSent => notSent.Fault,
            LdapAnswer.Unknown unknown => unknown.Fault,
            _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
        });
    }

    /// <summary>How far a connection came, for whoever asks why it went no further.</summary>
    private sealed class Stage(LdapServer server)
    {
        public LdapServer Server { get; } = server;

        public string Doing { get; set; } = string.Empty;

        public LdapFault Fault(LdapFaultKind kind, string message) => new(kind, Server.ToString(), message);
    }
}
