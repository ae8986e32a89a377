using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using GroupPortal.Core.Results;
using Microsoft.Graph.Models;

namespace GroupPortal.EntraId.Writing;

/// <summary>A Microsoft 365 group becomes a team as well. Of a group younger than 15 minutes Teams may not know yet, and that is no fault.</summary>
internal sealed class TeamWriter(GraphWrites writes)
{
    /// <summary>As Graph's documentation says.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    public async Task<Attempt> WriteAsync(DirectoryWrite.MakeTeam write, Guid group, CancellationToken cancellation)
    {
        var reply = await writes.SendAsync((client, token) => client.Groups[group.ToString("D")].Team.PutAsync(Settings(), cancellationToken: token), cancellation);
        if (reply.IsDone)
        {
            return new Attempt(CreateWriter.Applied(group, write));
        }

        switch (reply.Failure)
        {
            case { Status: 409 }:
                return new Attempt(new DirectoryWriteAnswer.Applied(group, null, [new StepOutcome(write.Step, StepStatus.NoChange)]));
            case { Status: 404 } failure:
                var present = await PresentGroup.ReadAsync(writes, group, [AttributeNames.DisplayName], cancellation);
                return present is DirectoryAnswer<PresentGroup?>.Ok(null) && !writes.IsYoung(group)
                    ? reply.NotDone()
                    : new Attempt(new DirectoryWriteAnswer.NotYet(
                        new DirectoryError.Unavailable { Detail = Texts.Format("Graph.TeamLater"), ServerText = failure.Message, RequestId = failure.RequestId }, Again));
            default:
                return reply.NotDone((_, error) => error is DirectoryError.PolicyBlocked { Attribute: AttributeNames.Owners } ? error with { Detail = Texts.Format("Graph.TeamOwner") } : error);
        }
    }

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.MakeTeam write, Guid group, CancellationToken cancellation) =>
        await PresentGroup.ReadAsync(writes, group, [AttributeNames.GroupType], cancellation) switch
        {
            DirectoryAnswer<PresentGroup?>.Ok({ IsTeam: true }) => CreateWriter.Applied(group, write),
            DirectoryAnswer<PresentGroup?>.Ok => new DirectoryWriteAnswer.Refused(new DirectoryError.NotFound()),
            DirectoryAnswer<PresentGroup?>.Failed(var error) => new DirectoryWriteAnswer.Unknown(error),
            _ => throw new InvalidOperationException("A group is read whole or not at all."),
        };

    /// <summary>What people expect of a new team; its owners change it in Teams.</summary>
    private static Team Settings() => new()
    {
        MemberSettings = new TeamMemberSettings { AllowCreateUpdateChannels = true, AllowCreatePrivateChannels = true },
        MessagingSettings = new TeamMessagingSettings { AllowUserEditMessages = true, AllowUserDeleteMessages = true },
        FunSettings = new TeamFunSettings { AllowGiphy = true, GiphyContentRating = GiphyRatingType.Moderate },
    };
}
