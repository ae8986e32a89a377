using System.Globalization;
using System.Text;
using GroupPortal.TestDirectories.Certificates;

namespace GroupPortal.TestDirectories.Slapd;

/// <summary>The files of one slapd: its configuration and what its database begins with.</summary>
internal sealed class SlapdLayout(string folder)
{
    private const string Modules = "/usr/lib/ldap";
    private const string Schemas = "/etc/ldap/schema";

    public string Configuration => Path.Combine(folder, "slapd.conf");

    public string Ldif => Path.Combine(folder, "begin.ldif");

    public string Log => Path.Combine(folder, "slapd.log");

    private string Data => Path.Combine(folder, "data");

    public void Write(TestAuthority authority, SlapdServerOptions options)
    {
        Directory.CreateDirectory(Data);
        var sorts = HasModule("sssvlv");
        var links = HasModule("memberof");
        File.WriteAllText(
            Configuration,
            string.Create(CultureInfo.InvariantCulture, $"""
            include {Schemas}/core.schema
            include {Schemas}/cosine.schema
            include {Schemas}/inetorgperson.schema
            modulepath {Modules}
            moduleload back_mdb
            {(sorts ? "moduleload sssvlv" : "")}
            {(links ? "moduleload memberof" : "")}
            pidfile {folder}/slapd.pid
            argsfile {folder}/slapd.args
            TLSCACertificateFile {authority.CaFile}
            TLSCertificateFile {authority.CertificateFile}
            TLSCertificateKeyFile {authority.KeyFile}
            TLSVerifyClient never
            sizelimit size.soft={options.SizeLimit} size.hard={options.SizeLimit} size.prtotal=unlimited

            database mdb
            suffix "{SlapdServer.BaseDn}"
            rootdn "{SlapdServer.Manager.BindName}"
            rootpw {SlapdServer.Manager.Password}
            directory {Data}
            maxsize 1073741824
            # Data of a test need not outlive the machine's power.
            dbnosync
            index objectClass,member eq
            index cn,uid eq,sub
            access to attrs=userPassword by anonymous auth by * none
            access to * by users read by * none
            {(sorts ? "overlay sssvlv" : "")}
            {(links ? "overlay memberof" : "")}

            """));
        WriteLdif(options);
    }

    private static bool HasModule(string name) => File.Exists(Path.Combine(Modules, name + ".la"));

    private void WriteLdif(SlapdServerOptions options)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"""
            dn: {SlapdServer.BaseDn}
            objectClass: domain
            dc: example

            dn: {SlapdServer.Reader.BindName}
            objectClass: organizationalRole
            objectClass: simpleSecurityObject
            cn: {SlapdServer.Reader.Name}
            userPassword: {SlapdServer.Reader.Password}

            dn: {SlapdServer.PeopleDn}
            objectClass: organizationalUnit
            ou: People

            dn: {SlapdServer.GroupsDn}
            objectClass: organizationalUnit
            ou: Groups

            """);
        for (var number = 1; number <= options.People; number++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"""
                dn: uid=person{number:00000},{SlapdServer.PeopleDn}
                objectClass: inetOrgPerson
                uid: person{number:00000}
                cn: Person {number:00000}
                sn: {number:00000}
                mail: person{number:00000}@example.org

                """);
        }

        File.WriteAllText(Ldif, text.AppendLine(options.Ldif).ToString());
    }
}
