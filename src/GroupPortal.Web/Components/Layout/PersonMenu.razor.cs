namespace GroupPortal.Web.Components.Layout;

public sealed partial class PersonMenu
{
    private static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => "?",
            [var only] => only[..1].ToUpperInvariant(),
            [var first, .., var last] => string.Concat(first.AsSpan(0, 1), last.AsSpan(0, 1)).ToUpperInvariant(),
        };
    }
}
