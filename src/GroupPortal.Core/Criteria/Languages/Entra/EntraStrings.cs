namespace GroupPortal.Core.Criteria.Languages.Entra;

internal static class EntraStrings
{
    /// <summary>
    /// A value as a membershipRule writes it: in double quotes, with backticks before quotes and backticks. Where a backslash
    /// would stand before the closing quote and could be taken for an escape, in single quotes.
    /// </summary>
    public static string Quote(string value) => value.EndsWith('\\')
        ? QuoteSingle(value)
        : "\"" + value.Replace("`", "``", StringComparison.Ordinal).Replace("\"", "`\"", StringComparison.Ordinal) + "\"";

    /// <summary>In single quotes, as the lists of <c>memberOf</c> have them.</summary>
    public static string QuoteSingle(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";
}
