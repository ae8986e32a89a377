using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Ldap;
using GroupPortal.Ldap.Wire;
using GroupPortal.Directories.Tests.Ldap.Recording;

namespace GroupPortal.Directories.Tests.Ldap.Support;

/// <summary>Random messages of both directions.</summary>
internal static class Messages
{
    private static readonly string[] Pieces =
        ["a", "Z", "0", " ", "*", "(", ")", "\\", "\0", "\n", ",", "=", "+", "\"", "#", "<", ">", ";", "ä", "ß", "\u202e", "\u0301", "🎈", "\ufffd", "\u007f", "\\2a", ")(cn=*"];

    public static Gen<string> Text { get; } = Gen.Elements(Pieces).ListOf().Select(parts => string.Concat(parts));

    public static Gen<string> SomeText { get; } = Gen.Elements(Pieces).NonEmptyListOf().Select(parts => string.Concat(parts));

    public static Gen<string> AttributeName { get; } = Gen.Elements("cn", "objectClass", "1.2.840.113556.1.4.2", "member;range=0-1499", "x-y", "userCertificate;binary");

    /// <summary>A range is asked for, not searched.</summary>
    public static Gen<string> FilterAttribute { get; } = Gen.Elements("cn", "objectClass", "1.2.840.113556.1.4.2", "x-y", "userCertificate;binary");

    /// <summary>Also longer than one octet of length can say, and than two.</summary>
    public static Gen<ReadOnlyMemory<byte>> Octets { get; } =
        from shape in Gen.Choose(0, 60)
        from length in shape switch { 0 => Gen.Choose(65_530, 70_000), < 8 => Gen.Choose(120, 300), _ => Gen.Choose(0, 40) }
        from seed in Gen.Choose(1, int.MaxValue)
        select new ReadOnlyMemory<byte>(new SeededNumbers((ulong)seed).Octets(length));

    public static Gen<LdapAttribute> Attribute { get; } =
        from name in AttributeName
        from values in Few(Octets)
        select new LdapAttribute(name, values);

    public static Gen<IReadOnlyList<LdapControl>> Controls { get; } = Few(
        from oid in Gen.Elements(LdapControls.PagedResultsOid, LdapControls.DirSyncOid, "1.2.3")
        from isCritical in Gen.Elements(true, false)
        from hasValue in Gen.Elements(true, false)
        from value in Octets
        select new LdapControl(oid, isCritical, hasValue ? value : default(ReadOnlyMemory<byte>?)));

    public static Gen<LdapName> Name { get; } = Text.Select(LdapName.FromServer);

    public static Gen<LdapFilter> Filter { get; } = Gen.Sized(size => FilterOf(Math.Min(size / 10, 6)));

    public static Gen<LdapSearch> Search { get; } =
        from name in Name
        from scope in Gen.Elements(LdapScope.Base, LdapScope.OneLevel, LdapScope.Subtree)
        from filter in Filter
        from attributes in Few(AttributeName)
        from limits in Gen.Choose(0, int.MaxValue)
        from controls in Controls
        select new LdapSearch(name, scope, filter, attributes) { SizeLimit = limits, TimeLimitSeconds = limits / 7, Controls = controls };

    public static Gen<LdapRequest> Request { get; } =
        from controls in Controls
        from request in Gen.OneOf(Bind(), Add(), Modify(), ModifyName(), Name.Select(LdapRequest (name) => new LdapRequest.Delete(name)), Extended())
        select request with { Controls = controls };

    public static Gen<int> Id { get; } = Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(0, int.MaxValue));

    /// <summary>An answer with its octets.</summary>
    public static Gen<(Response Response, byte[] Octets)> Response { get; } = Gen.OneOf(Done(), Entry(), Reference(), Id.Select(Intermediate));

    public static Gen<IReadOnlyList<T>> Few<T>(Gen<T> one) => Gen.Choose(0, 4).SelectMany(count => one.ListOf(count)).Select(IReadOnlyList<T> (list) => [.. list]);

    private static Gen<LdapFilter> FilterOf(int depth)
    {
        var leaf = Gen.OneOf(Comparison(), FilterAttribute.Select(LdapFilter.Present), Substrings(), RuleMatch());
        if (depth == 0)
        {
            return leaf;
        }

        var several = from count in Gen.Choose(2, 3) from filters in FilterOf(depth - 1).ListOf(count) select (IReadOnlyList<LdapFilter>)[.. filters];
        return Gen.OneOf(leaf, several.Select(LdapFilter.And), several.Select(LdapFilter.Or), FilterOf(depth - 1).Select(LdapFilter.Not));
    }

    private static Gen<LdapFilter> Comparison() =>
        from name in FilterAttribute
        from sign in Gen.Elements(LdapFilter.Comparator.Equal, LdapFilter.Comparator.AtLeast, LdapFilter.Comparator.AtMost)
        from isText in Gen.Elements(true, false)
        from text in SomeText
        from octets in Octets
        select (LdapFilter)new LdapFilter.Comparison(sign, name, isText ? System.Text.Encoding.UTF8.GetBytes(text) : octets);

    private static Gen<LdapFilter> Substrings() =>
        from name in FilterAttribute
        from text in SomeText
        from kind in Gen.Choose(0, 2)
        select kind switch { 0 => LdapFilter.StartsWith(name, text), 1 => LdapFilter.EndsWith(name, text), _ => LdapFilter.Contains(name, text) };

    private static Gen<LdapFilter> RuleMatch() =>
        from text in SomeText
        select LdapFilter.Matches("memberOf", "1.2.840.113556.1.4.1941", text);

    private static Gen<LdapRequest> Bind() =>
        from name in SomeText
        from password in SomeText
        select (LdapRequest)new LdapRequest.Bind(new LdapCredential(name, password));

    private static Gen<LdapRequest> Add() =>
        from name in Name
        from attributes in Few(Attribute)
        select (LdapRequest)new LdapRequest.Add(name, attributes);

    private static Gen<LdapRequest> Modify() =>
        from name in Name
        from changes in Few(
            from change in Gen.Elements(LdapChange.Add, LdapChange.Delete, LdapChange.Replace)
            from attribute in Attribute
            select new LdapModification(change, attribute))
        select (LdapRequest)new LdapRequest.Modify(name, changes);

    private static Gen<LdapRequest> ModifyName() =>
        from name in Name
        from first in Name
        from moves in Gen.Elements(true, false)
        from superior in Name
        select (LdapRequest)new LdapRequest.ModifyName(name, first, moves ? superior : null);

    private static Gen<LdapRequest> Extended() =>
        from hasValue in Gen.Elements(true, false)
        from value in Octets
        select (LdapRequest)new LdapRequest.Extended("1.3.6.1.4.1.4203.1.11.3", hasValue ? value : default(ReadOnlyMemory<byte>?));

    private static Gen<(Response Response, byte[] Octets)> Done() =>
        from id in Id
        from tag in Gen.Elements(1, 5, 7, 9, 11, 13, 15, 24)
        from code in Gen.OneOf(Gen.Choose(0, 80), Gen.Choose(int.MinValue, int.MaxValue))
        from matched in Text
        from message in Text
        from referrals in Few(Text)
        from controls in Controls
        from value in Octets
        from oid in Gen.Elements(null, "1.2.3.4")
        let result = new LdapResult((LdapResultCode)code, matched, message) { Referrals = referrals, Controls = controls, Value = value }
        select ((Response)new Response.Done(id, (byte)(0x60 + tag), result, oid), ResponseEncoder.Done(id, tag, result, oid));

    private static Gen<(Response Response, byte[] Octets)> Entry() =>
        from id in Id
        from name in Name
        from attributes in Few(Attribute)
        from controls in Controls
        let entry = new LdapEntry(name, attributes)
        select ((Response)new Response.Entry(id, entry, 0), ResponseEncoder.Entry(id, entry, controls));

    private static Gen<(Response Response, byte[] Octets)> Reference() =>
        from id in Id
        from addresses in Few(Text)
        select ((Response)new Response.Reference(id, addresses, 0), ResponseEncoder.Reference(id, addresses));

    private static (Response Response, byte[] Octets) Intermediate(int id) => (new Response.Intermediate(id), ResponseEncoder.Intermediate(id));
}
