using System.Globalization;
using System.Net;
using GroupPortal.TestDirectories.Certificates;

namespace GroupPortal.TestDirectories.Samba;

/// <summary>The files of one domain controller, all below its own folder, so that it runs beside any other.</summary>
internal sealed class SambaLayout(string folder)
{
    public string Configuration => Path.Combine(folder, "smb.conf");

    public string Log => Path.Combine(folder, "samba.log");

    /// <summary>Writes the configuration; without an authority one that is good for provisioning only.</summary>
    public void Write(IPAddress address, TestAuthority? authority, int workers)
    {
        var tls = authority is null
            ? "tls enabled = no"
            : $"tls enabled = yes\ntls keyfile = {authority.KeyFile}\ntls certfile = {authority.CertificateFile}\ntls cafile = {authority.CaFile}";
        File.WriteAllText(
            Configuration,
            $"""
            [global]
            netbios name = {DemoDomain.HostName.Split('.')[0].ToUpperInvariant()}
            workgroup = {DemoDomain.NetBiosName}
            realm = {DemoDomain.Realm.ToUpperInvariant()}
            server role = active directory domain controller
            # No Kerberos, no file shares, no replication: the portal binds with passwords over TLS.
            server services = ldap
            dcerpc endpoint servers = -epmapper
            interfaces = {address}/8
            bind interfaces only = yes
            prefork children = {workers.ToString(CultureInfo.InvariantCulture)}
            {tls}
            idmap_ldb:use rfc2307 = yes
            private dir = {folder}/private
            lock directory = {folder}/lock
            state directory = {folder}/state
            cache directory = {folder}/cache
            binddns dir = {folder}/bind-dns
            pid directory = {folder}/run
            ncalrpc dir = {folder}/ncalrpc
            winbindd socket directory = {folder}/winbindd
            ntp signd socket directory = {folder}/ntp
            log file = {Log}
            log level = 1

            [sysvol]
            path = {folder}/sysvol

            [netlogon]
            path = {folder}/sysvol/scripts

            """);
    }
}
