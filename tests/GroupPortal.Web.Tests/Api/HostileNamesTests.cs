using System.Globalization;
using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Tests.Api;

/// <summary>A name with any character in it is created and found again by GUID, DN and name, or refused with its field.</summary>
[Collection(ApiPortal.Collection)]
public sealed class HostileNamesTests(ApiPortal api)
{
    public static TheoryData<int, string> Names()
    {
        string[] names =
        [
            "star * in it", "(cn=*)", "back\\slash", "comma, and more", "plus + plus", "quote \" quote", "<angle>", "semi;colon", "#hash", "= equals",
            "percent %2F %00 %", "slash / slash", "dots .. and ../..", "question ? mark & amp", "single ' quote", "new\nline", "carriage\rreturn", "tab\tin it", "nul\0in it",
            "emoji 👩‍👩‍👧", "עברית", "العربية", "Ｆｕｌｌ　ｗｉｄｔｈ", "日本語", "é composed", "é decomposed", "reversed \u202E txt", "zero\u200Bwidth", "\uD800 half",
            "trailing blank ", "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}",
        ];
        var data = new TheoryData<int, string>();
        foreach (var name in names)
        {
            data.Add(ApiClient.Ad, name);
            data.Add(ApiClient.Entra, name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_name_is_kept_as_it_is_or_refused(int store, string hostile)
    {
        var name = Guid.NewGuid().ToString("N")[..6] + hostile;
        var answer = await api.Ada.CreateAsync(store, Json(name));
        if (answer.Http != 200)
        {
            Assert.Contains(answer.Http, (int[])[400, 422]);
            Assert.False(string.IsNullOrWhiteSpace(answer.Message));
            Assert.NotEmpty(answer.Body!["exceptionMessagesAttributeWise"]!.AsObject());
            return;
        }

        Assert.True(answer.Status == 0, answer.Text);
        var id = answer.Body!["data"]!.GetValue<string>();
        var dn = (await api.Ada.ValuesAsync(store, id, "distinguishedName")).Single();
        if (store == ApiClient.Ad)
        {
            Assert.Equal(name, DistinguishedName.Parse(dn).Name);
        }

        foreach (var identity in new[] { id, dn, name })
        {
            var found = await api.Ada.GetAsync(store, identity, "displayName");
            Assert.True(found.Http == 200, $"{identity}: {found.Text}");
            Assert.Equal(id, found.Body!["objectIdFromIdentityStore"]!.GetValue<string>());
            Assert.Equal(name, found.Body["attributesBusinessObject"]!["attributesCollection"]!["name"]![0]!["value"]!.GetValue<string>());
        }

        Assert.Equal(200, (await api.Ada.SendAsync(HttpMethod.Delete, store, "/" + Uri.EscapeDataString(name))).Http);
    }

    [Fact]
    public async Task Most_of_them_are_kept()
    {
        var kept = 0;
        foreach (var name in (string[])["comma, and more", "#hash", "star * in it", "slash / slash", "percent %2F %", "日本語", "emoji 👩‍👩‍👧"])
        {
            kept += (await api.Ada.CreateAsync(ApiClient.Ad, Json(Guid.NewGuid().ToString("N")[..6] + name))).Http == 200 ? 1 : 0;
        }

        Assert.Equal(7, kept);
    }

    [Theory]
    [InlineData(ApiClient.Ad)]
    [InlineData(ApiClient.Entra)]
    public async Task Names_without_a_letter_of_the_older_forms_do_not_collide(int store)
    {
        foreach (var name in (string[])["営業部", "開発部", "総務部"])
        {
            var answer = await api.Ada.CreateAsync(store, Json(name));
            Assert.True(answer is { Http: 200, Status: 0 }, answer.Text);
        }
    }

    /// <summary>Written by hand: a half character has to go out as its escape.</summary>
    private static string Json(string name) =>
        $$"""{ "GroupName": "{{string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")))}}" }""";
}
