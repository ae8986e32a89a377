using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace GroupPortal.EntraId.Writing;

/// <summary>Which of some objects a group refers to now. Graph answers from an index that may be some seconds behind.</summary>
internal static class ReferencesAmong
{
    /// <summary>As many as the address of one request holds with ease.</summary>
    private const int AtOnce = 20;

    public static async Task<DirectoryAnswer<IReadOnlySet<Guid>>> ReadAsync(
        GraphWrites writes, Links links, Guid group, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var found = new HashSet<Guid>();
        foreach (var chunk in ids.Chunk(AtOnce))
        {
            var reply = await writes.SendAsync(group, async (client, token) =>
            {
                var request = new RequestInformation { HttpMethod = Method.GET, URI = writes.Tenant.Urls.Among(links, group, chunk) };
                request.Headers.Add("ConsistencyLevel", "eventual");
                var errors = new Dictionary<string, ParsableFactory<IParsable>> { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
                await using var stream = await client.RequestAdapter.SendPrimitiveAsync<Stream>(request, errors, token)
                    ?? throw new RequestUnansweredException("The answer is empty.", inner: null);
                using var document = await JsonDocument.ParseAsync(stream, cancellationToken: token);
                return document.RootElement.GetProperty("value").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()).ToList();
            }, cancellation);
            if (reply.Value is null)
            {
                return reply.Failure is { } failure ? GraphErrors.Of(failure) : reply.NotSent ?? reply.Lost ?? new DirectoryError.Unavailable();
            }

            found.UnionWith(reply.Value);
        }

        return DirectoryAnswer.Ok<IReadOnlySet<Guid>>(found);
    }
}
