using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Api.Reading;
using GroupPortal.Web.Api.Writing;
using GroupPortal.Web.Auth;

namespace GroupPortal.Web.Api.Groups;

/// <summary>One request to the groups API with what every operation needs of it; begun, or answered with an error at once.</summary>
internal sealed record ApiCall(HttpContext Context, IdentityStore Store, StoreSettings Settings, WriteOptions Options, ReadOnlyMemory<byte> Body)
{
    public Requester Requester => new(CurrentPerson.PersonOf(Context.User), "api");

    public CancellationToken Cancellation => Context.RequestAborted;

    /// <param name="type">The operation's own top <c>type</c>, for its error answers.</param>
    public static async Task<ApiCall?> BeginAsync(HttpContext context, string identityStoreId, StoreRegistry stores, int type = 0)
    {
        if (!int.TryParse(identityStoreId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !stores.TryGet(id, out var directory))
        {
            await Answers.WriteAsync(context, ApiErrors.StoreUnknown(identityStoreId), type);
            return null;
        }

        if (WriteOptions.Of(context.Request) is not { } options)
        {
            await Answers.WriteAsync(context, ApiErrors.PlanUnreadable, type);
            return null;
        }

        if (await RequestBody.ReadAsync(context.Request) is not { } body)
        {
            await Answers.WriteAsync(context, ApiErrors.TooLarge, type);
            return null;
        }

        if (options.IsStrict)
        {
            context.Response.Headers["Preference-Applied"] = "handling=strict";
        }

        return new ApiCall(context, directory.Store, stores.SettingsOf(id), options, body);
    }

    /// <summary>Whether the body could be read; if not, the answer has been given.</summary>
    public async Task<bool> IsReadableAsync(WireReader reader, int type = 0)
    {
        if (reader.Problems.Count == 0)
        {
            return true;
        }

        await Answers.WriteAsync(Context, ApiErrors.Unreadable(reader.Problems), type);
        return false;
    }

    /// <summary>Whether no preview was named, or there is only one group that it can be of; if not, the answer has been given.</summary>
    public async Task<bool> HasPreviewOfAllAsync(int groups, int type = 0)
    {
        if (Options.Previewed is null || groups <= 1)
        {
            return true;
        }

        await Answers.WriteAsync(Context, ApiErrors.PreviewOfMany, type);
        return false;
    }
}
