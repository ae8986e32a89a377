using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>The way to one server: name, port, certificate, sign-in of the service account. What follows a failed step is skipped.</summary>
/// <param name="triesAccount">
/// False once a server refused the account: each further try of a wrong password brings the account closer to being locked.
/// </param>
internal sealed class ServerCheck(LdapOptions options, LdapServer server, bool triesAccount, TimeProvider clock)
{
    private readonly string _subject = server.ToString();

    /// <summary>Whether the run got to the end.</summary>
    public bool IsUsable { get; private set; }

    /// <summary>Whether the server refused the account.</summary>
    public bool RefusedAccount { get; private set; }

    /// <summary>Somebody who does not exist: a bind is what brings the certificate to light.</summary>
    private LdapCredential Credential => triesAccount ? options.Credential : new LdapCredential($"{Guid.NewGuid():N}@invalid", Guid.NewGuid().ToString("N"));

    public async IAsyncEnumerable<CheckStep> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (name, addresses) = await ResolveAsync(cancellation);
        yield return name;
        if (addresses.Length == 0)
        {
            yield return Skipped("Port");
            yield return Skipped("Certificate");
            yield return Skipped("Bind");
            yield break;
        }

        var port = await ConnectAsync(addresses, cancellation);
        yield return port;
        if (port.Status == CheckStatus.Failed)
        {
            yield return Skipped("Certificate");
            yield return Skipped("Bind");
            yield break;
        }

        await using var client = new LdapClient(options with { Servers = [server] }, clock);
        var answer = await client.TryBindAsync(Credential, cancellation);
        foreach (var step in StepsOf(answer))
        {
            yield return step;
            IsUsable = step.Status == CheckStatus.Ok;
        }
    }

    private IEnumerable<CheckStep> StepsOf(LdapAnswer answer)
    {
        switch (answer)
        {
            case LdapAnswer.Answered(var result):
                yield return CertificateIsGood();
                yield return BindOf(result);
                break;
            case LdapAnswer.NotSent({ Kind: LdapFaultKind.Bind, Result: { } result }):
                yield return CertificateIsGood();
                yield return BindOf(result);
                break;
            case LdapAnswer.NotSent(var fault):
                yield return FaultWords.StepOf(_subject, NameOf("Certificate"), fault);
                yield return Skipped("Bind");
                break;
            case LdapAnswer.Unknown(var fault):
                yield return CertificateIsGood();
                yield return FaultWords.StepOf(_subject, NameOf("Bind"), fault);
                break;
        }
    }

    private CheckStep BindOf(LdapResult result)
    {
        if (!triesAccount)
        {
            return new CheckStep(_subject, NameOf("Bind"), CheckStatus.Skipped, Texts.Format("Check.Skipped.Account"));
        }

        RefusedAccount = !result.IsSuccess;
        return FaultWords.StepOf(_subject, NameOf("Bind"), result);
    }

    private CheckStep CertificateIsGood() => new(_subject, NameOf("Certificate"), CheckStatus.Ok, Texts.Format("Check.Certificate.Good", server.Host));

    private async Task<(CheckStep Step, IPAddress[] Addresses)> ResolveAsync(CancellationToken cancellation)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(server.Host, cancellation).WaitAsync(options.ConnectLimit, clock, cancellation);
            if (addresses.Length > 0)
            {
                return (new CheckStep(_subject, NameOf("Name"), CheckStatus.Ok, string.Join(", ", addresses.Select(address => address.ToString()))), addresses);
            }
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException or ArgumentException)
        {
            return (Failed("Name", "NameNotFound", exception.Message), []);
        }

        return (Failed("Name", "NameNotFound", null), []);
    }

    private async Task<CheckStep> ConnectAsync(IPAddress[] addresses, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConnectLimit);
        var (kind, text) = ("Unreachable", string.Empty);
        foreach (var address in addresses)
        {
            try
            {
                using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(new IPEndPoint(address, server.Port), limit.Token);
                return new CheckStep(_subject, NameOf("Port"), CheckStatus.Ok, Texts.Format("Check.Port.Open", server.Port.ToString(CultureInfo.InvariantCulture)));
            }
            catch (SocketException exception)
            {
                (kind, text) = (exception.SocketErrorCode == SocketError.ConnectionRefused ? "Refused" : "Unreachable", exception.Message);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                break;
            }
        }

        return Failed("Port", kind, text);
    }

    private CheckStep Failed(string step, string fault, string? text) =>
        new(_subject, NameOf(step), CheckStatus.Failed, Texts.Format($"Check.Fault.{fault}"), Texts.Format($"Check.Fault.{fault}.Advice")) { ServerText = text };

    private CheckStep Skipped(string step) => new(_subject, NameOf(step), CheckStatus.Skipped, Texts.Format("Check.Skipped"));

    private static string NameOf(string step) => Texts.Format($"Check.Step.{step}");
}
