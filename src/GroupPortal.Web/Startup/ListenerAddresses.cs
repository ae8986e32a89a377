using System.Net;

namespace GroupPortal.Web.Startup;

/// <summary>The setting <c>Urls</c>: addresses with a semicolon in between.</summary>
internal static class ListenerAddresses
{
    public const string Key = "Urls";

    public static IEnumerable<string> Of(IConfiguration configuration) =>
        (configuration[Key] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static IEnumerable<string> Problems(IConfiguration configuration) =>
        Of(configuration)
            .Where(address => !IsAddress(address))
            .Select(address => $"{Key}: \"{address}\" is no address to listen on. It looks like http://localhost:5080 or https://0.0.0.0:443.");

    private static bool IsAddress(string text)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            return false;
        }

        if (address.IsUnixPipe || address.IsNamedPipe)
        {
            return true;
        }

        // Kestrel picks a free port for an IP address only: the two of localhost could differ.
        if (address.Port == 0 && string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // A port that is no number would become part of the name, and the portal would listen on port 80 of every address.
        return address is { Scheme: "http" or "https", PathBase: "", Port: >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort, Host.Length: > 0 }
            && (!address.Host.Contains(':', StringComparison.Ordinal) || IPAddress.TryParse(address.Host.Trim('[', ']'), out _));
    }
}
