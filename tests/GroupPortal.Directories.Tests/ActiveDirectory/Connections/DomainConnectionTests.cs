using GroupPortal.ActiveDirectory;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.ActiveDirectory.Connections;

public sealed class DomainConnectionTests : IDisposable
{
    private readonly DomainSettings _settings = new();

    public void Dispose() => _settings.Dispose();

    [Theory]
    [InlineData("ldaps://dc1.example.com:636", "ldaps://dc1.example.com:636")]
    [InlineData("ldaps://dc1.example.com", "ldaps://dc1.example.com:636")]
    [InlineData("ldap://dc1.example.com/", "ldap://dc1.example.com:389")]
    [InlineData("LDAPS://dc1.example.com:1636", "ldaps://dc1.example.com:1636")]
    [InlineData("ldaps://[::1]:636", "ldaps://[::1]:636")]
    [InlineData(" ldaps://127.0.0.7 ", "ldaps://127.0.0.7:636")]
    public void A_server_is_read_with_its_usual_port(string text, string server)
    {
        var options = Good();
        options.Servers = [text];

        Assert.Equal(server, Assert.Single(_settings.Read(options).Ldap.Servers).ToString());
    }

    [Theory]
    [InlineData("dc1.example.com", "is no server")]
    [InlineData("dc1.example.com:636", "is no server")]
    [InlineData("https://dc1.example.com", "is no server")]
    [InlineData("ldaps://", "is no server")]
    [InlineData("ldaps://user:secret@dc1", "is no server")]
    [InlineData("ldaps://dc1/DC=example", "is no server")]
    [InlineData("ldaps://dc1?cn", "is no server")]
    [InlineData("ldaps://dc1:3269", "is the port of the global catalogue")]
    public void What_is_no_server_is_told_by_its_key(string text, string told)
    {
        var options = Good();
        options.Servers = [text];

        Assert.StartsWith($"{DomainSettings.Key}:Servers: \"{text}\" {told}", Assert.Single(_settings.ProblemsOf(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_each_by_its_key()
    {
        var options = new DomainOptions
        {
            BaseDn = "OU=Groups,DC=example,DC=com", NetbiosName = "EX\\AMPLE", Servers = ["dc1", "ldaps://dc2"], Trust = "no-such-file.pem",
            Account = "svc", ConnectSeconds = 0, CallSeconds = 601,
        };

        Assert.Equal(
            ["BaseDn", "Servers", "Trust", "Account", "PasswordFile", "ConnectSeconds", "CallSeconds", "NetbiosName"],
            _settings.ProblemsOf(options).Select(problem => problem[(DomainSettings.Key.Length + 1)..].Split(' ', ':')[0]));
    }

    [Theory]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData(" with spaces ", " with spaces ")]
    public void A_password_comes_from_its_file_without_the_end_of_the_line(string content, string password)
    {
        File.WriteAllText(Path.Combine(_settings.Folder, "password"), content);

        Assert.Equal(password, _settings.Read(Good()).Ldap.Credential.Password);
    }

    [Theory]
    [InlineData("\n", "is empty")]
    [InlineData(null, "the password cannot be read")]
    public void A_file_without_a_password_is_told_by_its_key(string? content, string told)
    {
        var file = Path.Combine(_settings.Folder, "password");
        File.Delete(file);
        if (content is not null)
        {
            File.WriteAllText(file, content);
        }

        var problem = Assert.Single(_settings.ProblemsOf(Good()));
        Assert.StartsWith($"{DomainSettings.Key}:PasswordFile: ", problem, StringComparison.Ordinal);
        Assert.Contains(told, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_comes_from_a_variable_and_only_from_one_place()
    {
        const string Variable = "GROUPPORTAL_TEST_OF_DOMAIN_PASSWORD";
        var options = Good();
        (options.PasswordFile, options.PasswordVariable) = ("", Variable);
        Assert.Equal([$"{DomainSettings.Key}:PasswordVariable: the environment variable {Variable} is not set."], _settings.ProblemsOf(options));

        Environment.SetEnvironmentVariable(Variable, "from there");
        Assert.Equal("from there", _settings.Read(options).Ldap.Credential.Password);

        options.PasswordFile = "password";
        Assert.Contains("are both set", Assert.Single(_settings.ProblemsOf(options)), StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Variable, null);
    }

    [Fact]
    public void The_store_is_called_after_the_domain_and_nothing_shows_the_password()
    {
        var connection = _settings.Read(Good());

        Assert.Equal(("example.com", "dc1.example.com"), (connection.Store.Name, connection.Store.Server));
        Assert.IsType<LdapTrust.OfTheSystem>(connection.Ldap.Trust);
        Assert.DoesNotContain("Passw0rd", connection.Ldap.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_alone_are_no_domain() => Assert.False(DomainConnection.IsConfigured(new DomainOptions()));

    private static DomainOptions Good() => new()
    {
        BaseDn = "DC=example,DC=com", Servers = ["ldaps://dc1.example.com"], Account = "svc@example.com", PasswordFile = "password",
    };
}
