using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Api;

/// <summary>Every address that the portal has, asked for by somebody who has not signed in.</summary>
public sealed partial class EndpointsTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("groupportal-").FullName;
    // By any type of the portal: the Graph server of the tests has a Program, too.
    private readonly WebApplicationFactory<EmbeddedStoreOptions> _portal;

    public EndpointsTests() =>
        _portal = new WebApplicationFactory<EmbeddedStoreOptions>().WithWebHostBuilder(host => host
            .UseSetting("GroupPortal:DataDirectory", _data)
            .UseSetting("Embedded:People", "10"));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Nothing_but_sign_in_tokens_health_documentation_and_files_answers_without_a_sign_in()
    {
        using var client = _portal.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var endpoints = _portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.True(endpoints.Count > 20);
        foreach (var endpoint in endpoints)
        {
            var pattern = endpoint.RoutePattern.RawText ?? string.Empty;
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                Assert.True(IsOpen(endpoint, pattern), $"{pattern} is open to everybody.");
                continue;
            }

            var path = "/" + Parameter().Replace(pattern.TrimStart('/'), "1");
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET", "POST"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
                using var response = await client.SendAsync(request);
                var isRefused = response.StatusCode is HttpStatusCode.Unauthorized
                    || (response.StatusCode == HttpStatusCode.Redirect && response.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal));
                Assert.True(isRefused, $"{method} {path} answers {response.StatusCode} to somebody unknown.");
            }
        }
    }

    [Fact]
    public async Task The_documentation_is_open_and_its_page_has_no_script_of_its_own()
    {
        using var client = _portal.CreateClient();
        var page = await client.GetStringAsync(new Uri("/swagger/index.html", UriKind.Relative));
        var document = await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));

        Assert.DoesNotMatch(InlineScript(), page);
        Assert.Contains("CreateStaticGroup", document, StringComparison.Ordinal);
        Assert.DoesNotContain("sign-out", document, StringComparison.Ordinal);
    }

    private static bool IsOpen(RouteEndpoint endpoint, string pattern) =>
        pattern.TrimStart('/') is "sign-in" or "health" or "GroupIDSecurityService/connect/token" or "openapi/{documentName}.json" or "error" or "not-found" or "access-denied"
        || IsFile(endpoint)
        || pattern.StartsWith("_framework/", StringComparison.Ordinal);

    private static bool IsFile(RouteEndpoint endpoint) =>
        endpoint.Metadata.Any(item => item.GetType().Name is "StaticAssetDescriptor");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)[^>]*>|\son\w+=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();
}
