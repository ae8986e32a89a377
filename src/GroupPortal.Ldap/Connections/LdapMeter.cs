using System.Diagnostics.Metrics;

namespace GroupPortal.Ldap.Connections;

/// <summary>What is measured of this client: meter <c>GroupPortal.Ldap</c>.</summary>
internal static class LdapMeter
{
    private static readonly Meter Meter = new("GroupPortal.Ldap");

    /// <summary>Requests that were made, by the tag <c>operation</c>: Search, Add, Modify, ModifyName, Delete, Bind, Extended.</summary>
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("groupportal.ldap.requests");

    public static void Sent(string operation) => Requests.Add(1, new KeyValuePair<string, object?>("operation", operation));
}
