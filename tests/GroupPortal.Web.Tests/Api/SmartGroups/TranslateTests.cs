using System.Text.Json.Nodes;
using static GroupPortal.Web.Tests.Api.SmartGroups.RuleBodies;

namespace GroupPortal.Web.Tests.Api.SmartGroups;

/// <summary>POST …/Criteria/Translate: one rule in all languages, with what is wrong with it and what is odd.</summary>
[Collection(ApiPortal.Collection)]
public sealed class TranslateTests(ApiPortal api)
{
    [Theory]
    [InlineData(ApiClient.Ad, "groupid", "(department Contains \"engineering\")")]
    [InlineData(ApiClient.Ad, "ldap", "(department=*engineering*)")]
    [InlineData(ApiClient.Ad, "entra", "user.department -contains \"engineering\"")]
    [InlineData(ApiClient.Entra, "GroupID", "department contains \"engineering\"")]
    public async Task A_rule_is_said_in_each_language(int store, string language, string text)
    {
        var answer = await api.Ada.TranslateAsync(store, language, text);

        Assert.Equal(200, answer.Http);
        Assert.Equal(["valid", "problems", "translations", "reasons", "lint"], answer.Body!.AsObject().Select(field => field.Key));
        Assert.True(answer.Body["valid"]!.GetValue<bool>());
        Assert.Empty(answer.Body["problems"]!.AsArray());
        Assert.Equal(["groupid", "ldap", "entra", "graph"], answer.Body["translations"]!.AsObject().Select(field => field.Key));
        Assert.Equal(
            ("(department Contains \"engineering\")", "(department=*engineering*)", "user.department -contains \"engineering\""),
            (Text(answer, "groupid"), Text(answer, "ldap"), Text(answer, "entra")));
        // Graph does not look within a text.
        Assert.Null(Text(answer, "graph"));
        Assert.False(string.IsNullOrWhiteSpace(answer.Body["reasons"]!["graph"]!.GetValue<string>()));
        Assert.Single(answer.Body["reasons"]!.AsObject());
    }

    [Fact]
    public async Task What_a_language_cannot_say_is_null_with_the_reason_and_never_something_wider()
    {
        var answer = await api.Ada.TranslateAsync(ApiClient.Ad, "groupid", "department Is Exactly \"Sales\" and userAccountControl All Flags On \"32\"");

        Assert.NotNull(Text(answer, "groupid"));
        Assert.Equal("(&(department=Sales)(userAccountControl:1.2.840.113556.1.4.803:=32))", Text(answer, "ldap"));
        Assert.Null(Text(answer, "entra"));
        Assert.Contains("userAccountControl", answer.Body!["reasons"]!["entra"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("groupid", "(department Contains \"eng\"", 25)]
    [InlineData("groupid", "", 0)]
    [InlineData("ldap", "(department:dn:=Sales)", 0)]
    [InlineData("entra", "user.department -eq \"a\" user.city -eq \"b\"", 23)]
    public async Task A_rule_with_problems_is_answered_as_not_valid_with_their_places(string language, string text, int least)
    {
        var answer = await api.Ada.TranslateAsync(ApiClient.Entra, language, text);

        Assert.Equal(200, answer.Http);
        Assert.False(answer.Body!["valid"]!.GetValue<bool>());
        var problems = answer.Body["problems"]!.AsArray();
        Assert.NotEmpty(problems);
        Assert.All(problems, problem =>
        {
            Assert.Equal(["message", "start", "length"], problem!.AsObject().Select(field => field.Key));
            Assert.InRange(problem!["start"]!.GetValue<int>(), least, text.Length);
            Assert.False(string.IsNullOrWhiteSpace(problem["message"]!.GetValue<string>()));
        });
        Assert.All(answer.Body["translations"]!.AsObject(), translation => Assert.Null(translation.Value));
        Assert.Empty(answer.Body["lint"]!.AsArray());
    }

    [Fact]
    public async Task Lint_says_what_is_odd_about_a_rule()
    {
        var never = await api.Ada.TranslateAsync(ApiClient.Entra, "entra", "(user.department -eq \"Sales\") -and (user.department -ne \"Sales\")");
        var quoted = await api.Ada.TranslateAsync(ApiClient.Entra, "entra", "user.department -eq \"null\"");

        Assert.Contains(Codes(never), code => code.Contains("Never", StringComparison.OrdinalIgnoreCase) || code.Contains("Contradict", StringComparison.OrdinalIgnoreCase));
        Assert.NotEmpty(Codes(quoted));
        Assert.All(quoted.Body!["lint"]!.AsArray(), finding => Assert.Contains(finding!["level"]!.GetValue<string>(), new[] { "warning", "hint" }));
    }

    [Fact]
    public async Task A_rule_on_devices_stays_one_on_devices()
    {
        var answer = await api.Ada.TranslateAsync(ApiClient.Entra, "entra", "device.displayName -startsWith \"WS\"");

        Assert.Equal("device.displayName -startsWith \"WS\"", Text(answer, "entra"));
    }

    [Theory]
    [InlineData("""{ "language": "graph", "text": "department eq 'a'" }""", "$.language")]
    [InlineData("""{ "language": "ldap", "text": ["(l=a)"] }""", "$.text")]
    [InlineData("""[]""", "$")]
    [InlineData("""{""", "no JSON")]
    public async Task A_body_that_cannot_be_read_is_refused(string body, string place)
    {
        var answer = await api.Ada.SendAsync(HttpMethod.Post, "/GroupIDDataService/api/IdentityStores/2/Criteria/Translate", System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal((400, "InvalidValue"), (answer.Http, answer.ErrorCode));
        Assert.Contains(place, answer.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everybody_who_is_signed_in_may_translate_and_nobody_else()
    {
        Assert.Equal(200, (await api.Uma.TranslateAsync(ApiClient.Ad, "ldap", "(l=a)")).Http);
        Assert.Equal(401, (await api.Nobody.TranslateAsync(ApiClient.Ad, "ldap", "(l=a)")).Http);
        Assert.Equal(404, (await api.Ada.TranslateAsync(77, "ldap", "(l=a)")).Http);
    }

    private static string? Text(ApiAnswer answer, string language) => answer.Body!["translations"]![language]?.GetValue<string>();

    private static List<string> Codes(ApiAnswer answer) => [.. answer.Body!["lint"]!.AsArray().Select(finding => finding!["code"]!.GetValue<string>())];
}
