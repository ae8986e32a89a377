using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Reading;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;

namespace GroupPortal.EntraId.Writing;

/// <summary>Which of some objects a group refers to now. Of a large group Graph answers from an index that may be some seconds behind.</summary>
internal sealed class ReferencesAmong(GraphWrites writes, MemberReader members)
{
    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> ReadAsync(Links links, Guid group, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        links == Links.Members ? members.WhichAsync(group, ids, cancellation) : OwnersAsync(group, ids, cancellation);

    /// <summary>Members of a group that fit on one page; null for a larger one, whose index may still show whom somebody removed just now.</summary>
    public Task<DirectoryAnswer<IReadOnlySet<Guid>?>> MembersOnPageAsync(Guid group, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        members.WhichOnPageAsync(group, ids, cancellation);

    /// <summary>There are a hundred at most: one page holds them all.</summary>
    private async Task<DirectoryAnswer<IReadOnlySet<Guid>>> OwnersAsync(Guid group, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var reply = await writes.SendAsync(group, async (client, token) =>
        {
            var request = new RequestInformation { HttpMethod = Method.GET, URI = writes.Tenant.Urls.Owners(group) };
            var errors = new Dictionary<string, ParsableFactory<IParsable>> { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
            await using var stream = await client.RequestAdapter.SendPrimitiveAsync<Stream>(request, errors, token)
                ?? throw new RequestUnansweredException("The answer is empty.", inner: null);
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: token);
            return document.RootElement.GetProperty("value").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()).ToHashSet();
        }, cancellation);
        return reply.Value is { } owners ? DirectoryAnswer.Ok<IReadOnlySet<Guid>>(owners.Intersect(ids).ToHashSet())
            : reply.Failure is { } failure ? GraphErrors.Of(failure)
            : reply.NotSent ?? reply.Lost ?? new DirectoryError.Unavailable();
    }
}
