using System.Text.Json.Nodes;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Api.Groups;
using GroupPortal.Web.Api.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroupPortal.Web.Tests.Api;

public sealed class ApiErrorsTests
{
    public static TheoryData<DirectoryError, int> Errors() => new()
    {
        { new DirectoryError.NotFound(), 404 },
        { new DirectoryError.AlreadyExists(), 409 },
        { DirectoryError.Conflict.Unknown, 409 },
        { new DirectoryError.AccessDenied(), 403 },
        { new DirectoryError.PolicyBlocked(), 403 },
        { new DirectoryError.InvalidValue(), 422 },
        { new DirectoryError.Unsupported(), 422 },
        { new DirectoryError.Throttled(TimeSpan.FromSeconds(7)), 429 },
        { new DirectoryError.Unavailable(), 503 },
        { new DirectoryError.Other("80"), 422 },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_a_directory_says_has_its_status_and_its_name(DirectoryError error, int http)
    {
        var answer = ApiErrors.Of(error with { ServerText = "0000200B: the server's words" });

        Assert.Equal((http, error.Code), (answer.Http, answer.ErrorCode));
        Assert.Contains("0000200B", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_of_the_portal_is_the_envelope_without_its_details()
    {
        var (context, body) = await FailAsync(new InvalidOperationException("secret"));

        Assert.Equal(500, context.Response.StatusCode);
        Assert.Equal(1, body["status"]!.GetValue<int>());
        Assert.DoesNotContain("secret", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_that_stops_says_that_what_was_started_goes_on()
    {
        var (context, body) = await FailAsync(new OperationCanceledException());

        Assert.Equal((503, "Unavailable"), (context.Response.StatusCode, body["errorCode"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_throttled_directory_says_how_long_to_wait()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await Answers.WriteAsync(context, ApiErrors.Of(new DirectoryError.Throttled(TimeSpan.FromSeconds(6.2))));

        Assert.Equal("7", context.Response.Headers.RetryAfter);
    }

    private static async Task<(HttpContext Context, JsonNode Body)> FailAsync(Exception exception)
    {
        var stream = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = stream } };
        await new ApiFailures(_ => throw exception, NullLogger<ApiFailures>.Instance).InvokeAsync(context);
        // A server sends what is left at the end of the response; here nobody does.
        await context.Response.BodyWriter.FlushAsync();
        return (context, JsonNode.Parse(stream.ToArray())!);
    }
}
