using GroupPortal.Web.Resources;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Tasks;

/// <summary>Who asked for an update, and from where, in words.</summary>
internal static class AskedBy
{
    /// <summary>In whose name schedules ask: an account that no person can have.</summary>
    private const string Schedule = "[schedule]";

    public static string Who(this IStringLocalizer<UpdateText> texts, string account) => account == Schedule ? texts["Who_Schedule"] : account;

    /// <summary>"in the browser"; empty where who asked says it already.</summary>
    public static string Origin(this IStringLocalizer<PagesText> texts, string account, string origin) =>
        account == Schedule ? "" : texts[$"Origin_{origin}"] is { ResourceNotFound: false } text ? text.Value : origin;
}
