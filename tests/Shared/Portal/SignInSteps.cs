using System.Text.RegularExpressions;

namespace GroupPortal.Tests;

/// <summary>Signing in as a browser without script does: read the form, post it with its hidden fields.</summary>
internal static partial class SignInSteps
{
    public static async Task<HttpResponseMessage> SignInAsync(
        this HttpClient client, string name, string password = "demo", string? returnUrl = null)
    {
        var page = returnUrl is null ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
        return await client.PostFormAsync(page, "sign-in", [new("Input.Name", name), new("Input.Password", password)]);
    }

    /// <summary>Posts the form of that handler as found on the page, to where the form itself says.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient client, string page, string handler, params KeyValuePair<string, string>[] fields)
    {
        var html = await client.GetStringAsync(new Uri(page, UriKind.Relative));
        var form = Form().Matches(html).First(match => match.Value.Contains($"value=\"{handler}\"", StringComparison.Ordinal));
        var action = System.Net.WebUtility.HtmlDecode(form.Groups["action"].Value);
        var token = Token().Match(form.Value).Groups["token"].Value;
        using var content = new FormUrlEncodedContent([new("_handler", handler), new("__RequestVerificationToken", token), .. fields]);
        return await client.PostAsync(new Uri(action, UriKind.RelativeOrAbsolute), content);
    }

    [GeneratedRegex("""<form[^>]*action="(?<action>[^"]*)".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]*)\"")]
    private static partial Regex Token();
}
