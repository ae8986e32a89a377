using System.Globalization;
using System.Resources;

namespace GroupPortal.Core.Resources;

/// <summary>The sentences of the model (problems, errors, reasons, access), in the language of the current culture.</summary>
public static class Texts
{
    private static readonly ResourceManager Resources = new("GroupPortal.Core.Resources.Texts", typeof(Texts).Assembly)
    {
        // The directories spell some attributes with other capitals than each other.
        IgnoreCase = true,
    };

    /// <summary>The sentence of a key with its arguments filled in; the key itself where a sentence is missing, which a test forbids.</summary>
    public static string Format(string key, params ReadOnlySpan<string> arguments)
    {
        var text = Resources.GetString(key, CultureInfo.CurrentUICulture);
        if (text is null)
        {
            return key;
        }

        return arguments.Length == 0 ? text : string.Format(CultureInfo.CurrentCulture, text, arguments.ToArray());
    }

    public static bool Has(string key) => Resources.GetString(key, CultureInfo.InvariantCulture) is not null;
}
