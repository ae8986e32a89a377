using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId.Requests;

namespace GroupPortal.EntraId;

/// <summary>The settings of one tenant, checked and complete, with the secret at hand.</summary>
public sealed class GraphConnection
{
    private const int MostCallSeconds = 600;

    internal GraphConnection(IdentityStore store, AppIdentity identity, Uri root, TimeSpan callLimit)
    {
        Store = store;
        Identity = identity;
        Root = root;
        CallLimit = callLimit;
    }

    public IdentityStore Store { get; }

    /// <summary>The application's id, or what to call a managed identity.</summary>
    public string Account => Identity.Account;

    /// <summary>The tenant's domain, as configured.</summary>
    public string Domain { get; init; } = string.Empty;

    internal AppIdentity Identity { get; init; }

    /// <summary>Without <c>/v1.0</c>.</summary>
    internal Uri Root { get; }

    internal TimeSpan CallLimit { get; }

    /// <summary>How much Graph lets this app do.</summary>
    internal GraphQuotas Quotas { get; init; } = new();

    /// <summary>For tests: what the requests go through in place of the network.</summary>
    internal Func<HttpMessageHandler>? Network { get; init; }

    /// <summary>Whether anything in the section says that there is a tenant; the defaults alone do not.</summary>
    public static bool IsConfigured(GraphOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new[]
        {
            options.Name, options.Domain, options.BaseDn, options.TenantId, options.ClientId, options.SecretFile, options.SecretVariable,
            options.CertificateFile, options.Endpoint,
        }.Any(text => !string.IsNullOrWhiteSpace(text));
    }

    /// <summary>The connection, or null with one sentence for each setting that cannot be, beginning with its key.</summary>
    /// <param name="key">The section's own: <c>Directories:2:Graph</c>.</param>
    /// <param name="folder">Where relative paths start.</param>
    public static GraphConnection? Read(int id, GraphOptions options, string key, string folder, ICollection<string> failures)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(failures);
        var before = failures.Count;
        var domain = options.Domain.Trim();
        if (Uri.CheckHostName(domain) != UriHostNameType.Dns || !domain.Contains('.', StringComparison.Ordinal))
        {
            failures.Add($"{key}:{nameof(options.Domain)} is the tenant's domain as contoso.onmicrosoft.com, not \"{domain}\".");
        }

        var baseDn = options.BaseDn.Trim() is { Length: > 0 } given ? given : $"DC={string.Join(",DC=", domain.Split('.'))}";
        if (options.BaseDn.Trim().Length > 0 && !IsNamingContext(baseDn))
        {
            failures.Add($"{key}:{nameof(options.BaseDn)} stands for the tenant as DC=contoso,DC=onmicrosoft,DC=com, not \"{baseDn}\".");
        }

        if (!Guid.TryParseExact(options.TenantId.Trim(), "D", out var tenant) || tenant == Guid.Empty)
        {
            failures.Add($"{key}:{nameof(options.TenantId)} is the directory (tenant) id, a GUID, not \"{options.TenantId.Trim()}\".");
        }

        var isCloud = TryRead<GraphCloud>(options.Cloud, $"{key}:{nameof(options.Cloud)}", failures, out var cloud);
        var root = RootOf(options, cloud, $"{key}:{nameof(options.Endpoint)}", failures);
        var identity = TryRead<GraphCredential>(options.Credential, $"{key}:{nameof(options.Credential)}", failures, out var kind)
            ? IdentityOf(options, new AppIdentity(kind, tenant, options.ClientId.Trim(), cloud) { Loopback = root?.Scheme == Uri.UriSchemeHttp ? root : null }, key, folder, failures)
            : null;
        CheckNumber(options.CallSeconds, MostCallSeconds, "a number of seconds", $"{key}:{nameof(options.CallSeconds)}", failures);
        CheckNumber(options.ResourceUnits, GraphQuotas.MostResourceUnits, "a number of resource units", $"{key}:{nameof(options.ResourceUnits)}", failures);
        CheckNumber(options.Writes, GraphQuotas.MostWrites, "a number of writes", $"{key}:{nameof(options.Writes)}", failures);
        if (failures.Count > before || !isCloud)
        {
            return null;
        }

        var name = options.Name.Trim() is { Length: > 0 } wished ? wished : domain;
        var store = new IdentityStore(id, name, StoreKind.EntraId, StoreConnection.Graph, baseDn, string.Empty);
        return new GraphConnection(store, identity!, root!, TimeSpan.FromSeconds(options.CallSeconds))
        {
            Domain = domain,
            Quotas = new GraphQuotas { ResourceUnits = options.ResourceUnits, Writes = options.Writes },
        };
    }

    /// <summary>The store, connecting when it is first asked something. To be disposed by whoever opened it.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The directory disposes its tenant.")]
    public IDirectory Open(TimeProvider clock) => new TenantDirectory(Tenant.Open(this, clock));

    /// <summary>Whether the tenant is a Graph on this machine itself. A name that leads nowhere now might lead anywhere later.</summary>
    public async Task<bool> IsOnThisMachineAsync(CancellationToken cancellation)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(Root.IdnHost, cancellation);
            return addresses.Length > 0 && addresses.All(IPAddress.IsLoopback);
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static Uri? RootOf(GraphOptions options, GraphCloud cloud, string key, ICollection<string> failures)
    {
        var text = options.Endpoint.Trim();
        if (text.Length == 0)
        {
            return cloud.Root();
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var root)
            || (root.Scheme != Uri.UriSchemeHttps && root.Scheme != Uri.UriSchemeHttp)
            || root.UserInfo.Length > 0
            || root.PathAndQuery.Trim('/').Length > 0
            || root.Fragment.Length > 0)
        {
            failures.Add($"{key} is another root of Graph as https://graph.example.com, without a path, not \"{text}\".");
            return null;
        }

        if (root.Scheme == Uri.UriSchemeHttp && !root.IsLoopback)
        {
            failures.Add($"{key}: \"{text}\" is not encrypted. Plain http is for this machine itself; everywhere else it is https.");
            return null;
        }

        return root;
    }

    private static AppIdentity IdentityOf(GraphOptions options, AppIdentity identity, string key, string folder, ICollection<string> failures)
    {
        // A managed identity without an id is the one of the machine.
        if (!(identity.Kind == GraphCredential.ManagedIdentity && identity.Client.Length == 0) && !Guid.TryParseExact(identity.Client, "D", out _))
        {
            failures.Add($"{key}:{nameof(options.ClientId)} is the application (client) id, a GUID, not \"{identity.Client}\".");
        }

        if (identity.Loopback is not null && identity.Kind != GraphCredential.Secret)
        {
            failures.Add($"{key}:{nameof(options.Credential)} is {nameof(GraphCredential.Secret)} where {nameof(options.Endpoint)} is plain http; the others need https.");
            return identity;
        }

        switch (identity.Kind)
        {
            case GraphCredential.Secret:
                var secret = new SecretSource(
                    "client secret", options.SecretFile, $"{key}:{nameof(options.SecretFile)}", options.SecretVariable, $"{key}:{nameof(options.SecretVariable)}");
                return identity with { Secret = secret.Read(folder, failures) };
            case GraphCredential.Certificate when options.CertificateFile.Trim() is { Length: > 0 } file:
                var source = new SecretSource(
                    "certificate's password",
                    options.CertificatePasswordFile, $"{key}:{nameof(options.CertificatePasswordFile)}",
                    options.CertificatePasswordVariable, $"{key}:{nameof(options.CertificatePasswordVariable)}");
                var before = failures.Count;
                var password = source.IsGiven ? source.Read(folder, failures) : null;
                return failures.Count > before
                    ? identity
                    : identity with { Certificate = CertificateFile.Read(Path.Combine(folder, file), password, $"{key}:{nameof(options.CertificateFile)}", failures) };
            case GraphCredential.Certificate:
                failures.Add($"{key}:{nameof(options.CertificateFile)} names the certificate with its private key, a PEM or PFX file.");
                return identity;
            default:
                return identity;
        }
    }

    private static bool IsNamingContext(string text)
    {
        if (!DistinguishedName.TryParse(text, out var name))
        {
            return false;
        }

        for (var level = name; level is not null; level = level.Parent)
        {
            if (!string.Equals(level.Type, "DC", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryRead<T>(string text, string key, ICollection<string> failures, out T value)
        where T : struct, Enum
    {
        if (Enum.TryParse(text.Trim(), ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text.Trim()[0]))
        {
            return true;
        }

        failures.Add($"{key} is one of {string.Join(", ", Enum.GetNames<T>())}, not \"{text.Trim()}\".");
        return false;
    }

    private static void CheckNumber(int number, int most, string what, string key, ICollection<string> failures)
    {
        if (number < 1 || number > most)
        {
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {what} from 1 to {most}, not {number}."));
        }
    }
}
