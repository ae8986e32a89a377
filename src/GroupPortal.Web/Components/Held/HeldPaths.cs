using System.Globalization;

namespace GroupPortal.Web.Components.Held;

/// <summary>The addresses of held updates.</summary>
internal static class HeldPaths
{
    public const string List = "/held";

    public static string Of(int store, Guid group) => string.Create(CultureInfo.InvariantCulture, $"{List}/{store}/{group:D}");
}
