using System.Globalization;
using System.Text;
using GroupPortal.Ldap;
using GroupPortal.Ldap.Wire;
using GroupPortal.Directories.Tests.Ldap.Recording;

namespace GroupPortal.Directories.Tests.Ldap.Support;

/// <summary>Writes all of a message, octet by octet, so that two can be compared: records compare lists and octets by identity.</summary>
internal static class Canonical
{
    public static string Text(object? value) => value switch
    {
        null => "-",
        string text => $"'{Convert.ToHexString(Encoding.UTF8.GetBytes(text))}'",
        bool or int or Enum => Convert.ToString(Convert.ToInt32(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        ReadOnlyMemory<byte> octets => Convert.ToHexString(octets.Span),
        LdapName name => Text(name.ToString()),
        LdapFilter filter => Filter(filter),
        LdapControl control => Group("control", control.Oid, control.IsCritical, control.Value),
        LdapAttribute attribute => Group("attribute", attribute.Name, List(attribute.Values)),
        LdapEntry entry => Group("entry", entry.Name, List(entry.Attributes)),
        LdapModification change => Group("change", change.Change, change.Attribute),
        LdapResult result => Group("result", result.Code, result.MatchedName, result.Message, List(result.Referrals), List(result.Controls), result.Value),
        LdapSearch search => Group(
            "search", search.Base, search.Scope, search.SizeLimit, search.TimeLimitSeconds, search.Filter, List(search.Attributes.Count == 0 ? ["1.1"] : search.Attributes), List(search.Controls)),
        LdapRequest request => Group("request", Request(request), List(request.Controls)),
        Abandon abandon => Group("abandon", abandon.Id),
        Unbind => "unbind",
        Response response => Answer(response),
        Raw raw => raw.Value,
        _ => throw new ArgumentException(value.GetType().Name, nameof(value)),
    };

    private static Raw Request(LdapRequest request) => new(request switch
    {
        LdapRequest.Bind bind => Group("bind", bind.Credential.Name, bind.Credential.Password),
        LdapRequest.Add add => Group("add", add.Name, List(add.Attributes)),
        LdapRequest.Modify modify => Group("modify", modify.Name, List(modify.Modifications)),
        LdapRequest.ModifyName rename => Group("rename", rename.Name, rename.NewFirstLevel, rename.NewSuperior),
        LdapRequest.Delete delete => Group("delete", delete.Name),
        LdapRequest.Extended extended => Group("extended", extended.Oid, extended.Value),
        _ => throw new ArgumentException(request.GetType().Name, nameof(request)),
    });

    private static string Answer(Response response) => response switch
    {
        Response.Done done => Group("done", done.Id, (int)done.Tag, done.Result, done.ExtendedOid),
        Response.Entry entry => Group("found", entry.Id, entry.Value),
        Response.Reference reference => Group("reference", reference.Id, List(reference.Addresses)),
        Response.Intermediate intermediate => Group("intermediate", intermediate.Id),
        _ => throw new ArgumentException(response.GetType().Name, nameof(response)),
    };

    private static string Filter(LdapFilter filter) => filter switch
    {
        LdapFilter.AllOf all => Group("and", List(all.Filters)),
        LdapFilter.AnyOf any => Group("or", List(any.Filters)),
        LdapFilter.Negation not => Group("not", not.Filter),
        LdapFilter.Comparison comparison => Group("compare", comparison.Sign, comparison.Attribute, comparison.Value),
        LdapFilter.Presence presence => Group("present", presence.Attribute),
        LdapFilter.Substrings parts => Group("parts", parts.Attribute, parts.Initial, List(parts.Any), parts.Final),
        LdapFilter.RuleMatch match => Group("match", match.Attribute, match.Rule, match.Value),
        _ => throw new ArgumentException(filter.GetType().Name, nameof(filter)),
    };

    private static string Group(string name, params object?[] parts) => $"{name}({string.Join(',', parts.Select(Text))})";

    private static Raw List<T>(IEnumerable<T> items) => new($"[{string.Join(';', items.Select(item => Text(item)))}]");

    private sealed record Raw(string Value);
}
