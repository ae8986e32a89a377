using GroupPortal.Core.Directories;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;

namespace GroupPortal.EntraId.Writing;

/// <summary>One call of an action of Graph's that changes something.</summary>
internal static class ActionCall
{
    /// <summary>Null when it was carried out; else that it was refused, or that nobody knows.</summary>
    public static async Task<DirectoryWriteAnswer?> SendAsync(Tenant tenant, Func<GraphServiceClient, CancellationToken, Task> call, CancellationToken cancellation)
    {
        try
        {
            await call(tenant.Client, cancellation);
            return null;
        }
        catch (ApiException fault)
        {
            var failure = GraphFailure.Of(fault, tenant.Clock);
            var error = GraphErrors.Of(failure);
            return failure.IsUnclear ? new DirectoryWriteAnswer.Unknown(error) : new DirectoryWriteAnswer.Refused(error);
        }
        catch (RequestNotSentException fault)
        {
            return new DirectoryWriteAnswer.Refused(GraphErrors.Unreachable(fault));
        }
        catch (Exception fault) when (GraphErrors.IsUnreachable(fault, cancellation))
        {
            return new DirectoryWriteAnswer.Unknown(GraphErrors.Unreachable(fault));
        }
    }

    /// <summary>It was looked for afterwards and is not so: it can be sent again, and does no harm twice.</summary>
    public static DirectoryWriteAnswer NotCarriedOut => new DirectoryWriteAnswer.Refused(new DirectoryError.Unavailable());
}
