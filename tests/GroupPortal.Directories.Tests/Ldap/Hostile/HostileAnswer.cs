using System.Text;
using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap.Hostile;

/// <summary>What a server does to harm, and what must become of it.</summary>
/// <param name="Script">Answers the first request of the first connection.</param>
/// <param name="Expected">The fault's kind, "Answered", or for pages and ranges the last one's.</param>
/// <param name="LosesConnection">Whether the connection is thrown away.</param>
/// <param name="Call">Which call of the client's it is done to.</param>
internal sealed record HostileAnswer(
    string Name, string Expected, Func<Conversation, DecodedMessage, Task> Script, bool LosesConnection = true, HostileCall Call = HostileCall.Search)
{
    private static readonly byte[] Small = Encoding.ASCII.GetBytes("x");

    public static IReadOnlyList<HostileAnswer> All { get; } =
    [
        Octets("a length of 4 GB", "TooLarge", [0x30, 0x84, 0xff, 0xff, 0xff, 0xff]),
        Octets("a length that is negative", "TooLarge", [0x30, 0x84, 0x80, 0x00, 0x00, 0x00]),
        Octets("a length of five octets", "BadAnswer", [0x30, 0x85, 0x01, 0x00, 0x00, 0x00, 0x00]),
        Octets("a length of 127 octets", "BadAnswer", [0x30, 0xff, 0x01, 0x00]),
        Octets("a length one octet beyond the bound", "TooLarge", [0x30, 0x84, 0x01, 0x00, 0x00, 0x01]),
        Octets("an indefinite length", "BadAnswer", [0x30, 0x80, 0x02, 0x01, 0x02]),
        Octets("an element of 4 GB within a message", "BadAnswer", [0x30, 0x0b, 0x02, 0x01, 0x03, 0x64, 0x84, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00]),
        Octets("an indefinite length within a message", "BadAnswer", [0x30, 0x07, 0x02, 0x01, 0x03, 0x64, 0x80, 0x00, 0x00]),
        Octets("a number of 4 GB", "BadAnswer", [0x30, 0x08, 0x02, 0x84, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00]),
        Octets("a message without content", "BadAnswer", [0x30, 0x00]),
        Octets("no message", "BadAnswer", "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()),
        Octets("a tag of several octets", "BadAnswer", [0x3f, 0x81, 0x00, 0x00]),
        Message("no operation", "BadAnswer", _ => []),
        Message("an unknown operation", "BadAnswer", _ => ResponseEncoder.Element(0x7e)),
        Message("a request as an answer", "BadAnswer", _ => ResponseEncoder.Element(0x63)),
        Message("depth 10,000", "BadAnswer", _ => Nested(10_000)),
        Message("an entry of depth 10,000", "BadAnswer", _ => ResponseEncoder.Element(0x64, Nested(10_000))),
        Message("depth 10,000 where extensions may stand", "Answered", _ => ResponseEncoder.Element(0x65, [0x0a, 1, 0, 4, 0, 4, 0, .. Nested(10_000)]), losesConnection: false),
        Message("a name that is no UTF-8", "BadAnswer", _ => ResponseEncoder.Element(0x64, [4, 2, 0xc3, 0x28, 0x30, 0])),
        Message("a text that is no UTF-8", "BadAnswer", _ => ResponseEncoder.Element(0x65, [0x0a, 1, 0, 4, 0, 4, 1, 0xff])),
        Message("a text of 15 MB", "TooLarge", _ => ResponseEncoder.Element(0x65, [0x0a, 1, 0, 4, 0, .. ResponseEncoder.Element(4, new byte[15 * 1024 * 1024])])),
        Message("a name of 15 MB", "TooLarge", _ => ResponseEncoder.Element(0x64, [.. ResponseEncoder.Element(4, new byte[15 * 1024 * 1024]), 0x30, 0])),
        Message("a code of five octets", "BadAnswer", _ => ResponseEncoder.Element(0x65, [0x0a, 5, 0, 0, 0, 0, 0, 4, 0, 4, 0])),
        Message("1,000,000 referrals", "Answered", _ => ResponseEncoder.Element(0x65, [0x0a, 1, 10, 4, 0, 4, 0, .. ResponseEncoder.Element(0xa3, Repeated([4, 1, 0x61], 1_000_000))]), losesConnection: false),
        Message("1,000,000 values", "Answered twice", _ => Attribute(Repeated([4, 1, 0x61], 1_000_000)), losesConnection: false),
        Message("5,000,000 values", "TooLarge", _ => Attribute(Repeated([4, 0], 5_000_000))),
        Message("2,000,000 attributes", "TooLarge", _ => ResponseEncoder.Element(0x64, [4, 0, .. ResponseEncoder.Element(0x30, Repeated([0x30, 5, 4, 1, 0x61, 0x31, 0], 2_000_000))])),
        new("an answer to nobody", "BadAnswer", (conversation, _) => conversation.SendAsync(ResponseEncoder.Done(4711, ResponseEncoder.SearchDone))),
        new("an answer to the bind of before", "BadAnswer", (conversation, _) => conversation.SendAsync(ResponseEncoder.Done(1, ResponseEncoder.BindDone))),
        new("an answer to number zero", "BadAnswer", (conversation, _) => conversation.SendAsync(ResponseEncoder.Done(0, ResponseEncoder.SearchDone))),
        new("an answer to a negative number", "BadAnswer", (conversation, _) => conversation.SendAsync(ResponseEncoder.Done(-2, ResponseEncoder.SearchDone))),
        new("the answer of another operation", "BadAnswer", (conversation, message) => conversation.SendAsync(ResponseEncoder.Done(message.Id, ResponseEncoder.AddDone))),
        new("an entry for a modify", "BadAnswer", (conversation, message) => conversation.SendAsync(ResponseEncoder.Entry(message.Id, "cn=x")), Call: HostileCall.Modify),
        new("a duplicated answer", "Answered", (conversation, message) =>
            conversation.SendAsync((byte[])[.. ResponseEncoder.Done(message.Id, ResponseEncoder.SearchDone), .. ResponseEncoder.Done(message.Id, ResponseEncoder.SearchDone)])),
        new("an entry after the end", "Answered", (conversation, message) =>
            conversation.SendAsync((byte[])[.. ResponseEncoder.Done(message.Id, ResponseEncoder.SearchDone), .. ResponseEncoder.Entry(message.Id, "cn=x")])),
        // A search is asked once more, on another connection.
        new("a notice of disconnection", "Answered", (conversation, _) => conversation.SendAsync(ResponseEncoder.NoticeOfDisconnection(LdapResultCode.Unavailable, "going down"))),
        Endless("endless entries without attributes", "TooLarge", message => ResponseEncoder.Entry(message.Id, "cn=x")),
        Endless("endless entries", "TooLarge", message => ResponseEncoder.Entry(message.Id, "cn=x", new LdapAttribute("cn", "x"))),
        Endless("endless entries of 1 MB", "TooLarge", message => ResponseEncoder.Entry(message.Id, "cn=x", new LdapAttribute("a", [new byte[1024 * 1024]]))),
        Endless("endless entries of 15 MB", "TooLarge", message => ResponseEncoder.Entry(message.Id, "cn=x", new LdapAttribute("a", [new byte[15 * 1024 * 1024]]))),
        Endless("endless entries with controls of 1 MB", "TooLarge", message => ResponseEncoder.Entry(
            message.Id, new LdapEntry(LdapName.RootDse, [new LdapAttribute("a", [Small])]), [new LdapControl("1.2.3", false, new byte[1024 * 1024])])),
        Endless("endless entries with long names", "TooLarge", message => ResponseEncoder.Entry(message.Id, new string('x', 60_000))),
        Endless("endless references", "TooLarge", message => ResponseEncoder.Reference(message.Id, "ldap://elsewhere")),
        Endless("endless long references", "TooLarge", message => ResponseEncoder.Reference(message.Id, new string('x', 60_000), new string('y', 60_000))),
        Endless("endless intermediate answers", "BadAnswer", message => ResponseEncoder.Intermediate(message.Id)),
        Endless("endless messages without content", "BadAnswer", _ => [0x30, 0x00]),
        new("15 MB, of which one octet never comes", "TimedOut", (conversation, _) => conversation.SendAsync((byte[])[0x30, 0x84, 0, 0xf0, 0, 0, .. new byte[0xefffff]])),
        new("endless pages", "TooLarge", (conversation, message) => PageAsync(conversation, message, [new LdapAttribute("a", [new byte[1024 * 1024]])], "more"u8.ToArray()), Call: HostileCall.Pages),
        new("endless empty pages", "BadAnswer", (conversation, message) => PageAsync(conversation, message, null, "more"u8.ToArray()), LosesConnection: false, Call: HostileCall.Pages),
        new("a page whose cookie cannot be read", "BadAnswer", (conversation, message) => conversation.SendAsync(ResponseEncoder.Done(
            message.Id, ResponseEncoder.SearchDone, Success([new LdapControl(LdapControls.PagedResultsOid, false, new byte[] { 1, 2, 3 })]))), LosesConnection: false, Call: HostileCall.Pages),
        new("endless ranges", "TooLarge", RangesAsync, LosesConnection: true, Call: HostileCall.Ranges),
        new("the first range again and again", "BadAnswer", (conversation, message) => RangeAsync(conversation, message, "member;range=0-0"), LosesConnection: false, Call: HostileCall.Ranges),
        new("a range that is none", "BadAnswer", (conversation, message) => RangeAsync(conversation, message, "member;range=x-y"), LosesConnection: false, Call: HostileCall.Ranges),
        new("a list that ends in the middle", "BadAnswer", (conversation, message) =>
            RangeAsync(conversation, message, IsFirst(message) ? "member;range=0-0" : "other"), LosesConnection: false, Call: HostileCall.Ranges),
    ];

    private static HostileAnswer Octets(string name, string expected, byte[] octets) => new(name, expected, (conversation, _) => conversation.SendAsync(octets));

    private static HostileAnswer Message(string name, string expected, Func<int, byte[]> operation, bool losesConnection = true) => new(
        name,
        expected == "Answered twice" ? "Answered" : expected,
        async (conversation, message) =>
        {
            await conversation.SendAsync(ResponseEncoder.Element(0x30, [0x02, 0x01, (byte)message.Id, .. operation(message.Id)]));
            if (expected == "Answered twice")
            {
                await conversation.AnswerAsync(message);
            }
        },
        losesConnection);

    private static HostileAnswer Endless(string name, string expected, Func<DecodedMessage, byte[]> one) => new(name, expected, async (conversation, message) =>
    {
        var octets = one(message);
        var many = octets.Length < 10_000 ? Repeated(octets, 1000) : octets;
        while (true)
        {
            await conversation.SendAsync(many);
        }
    });

    private static byte[] Repeated(byte[] one, int times)
    {
        var all = new byte[one.Length * times];
        for (var time = 0; time < times; time++)
        {
            one.CopyTo(all, time * one.Length);
        }

        return all;
    }

    /// <summary>Sequences in each other, with lengths of three octets, from the outermost on.</summary>
    private static byte[] Nested(int depth)
    {
        const int Header = 5;
        var all = new byte[depth * Header];
        for (var level = 0; level < depth; level++)
        {
            var length = all.Length - ((level + 1) * Header);
            (all[level * Header], all[(level * Header) + 1]) = (0x30, 0x83);
            (all[(level * Header) + 2], all[(level * Header) + 3], all[(level * Header) + 4]) = ((byte)(length >> 16), (byte)(length >> 8), (byte)length);
        }

        return all;
    }

    private static byte[] Attribute(byte[] values) =>
        ResponseEncoder.Element(0x64, [4, 0, .. ResponseEncoder.Element(0x30, ResponseEncoder.Element(0x30, [4, 1, 0x61, .. ResponseEncoder.Element(0x31, values)]))]);

    private static LdapResult Success(IReadOnlyList<LdapControl> controls) => new(LdapResultCode.Success, string.Empty, string.Empty) { Controls = controls };

    private static async Task PageAsync(Conversation conversation, DecodedMessage message, IReadOnlyList<LdapAttribute>? entry, byte[] cookie)
    {
        if (entry is not null)
        {
            await conversation.SendAsync(ResponseEncoder.Entry(message.Id, "cn=x", entry));
        }

        await conversation.SendAsync(ResponseEncoder.Done(message.Id, ResponseEncoder.SearchDone, Success([ResponseEncoder.PageControl(cookie)])));
    }

    private static bool IsFirst(DecodedMessage message) => message.Operation is LdapSearch { Attributes: ["member"] };

    private static Task RangesAsync(Conversation conversation, DecodedMessage message)
    {
        var first = IsFirst(message) ? 0 : int.Parse(((LdapSearch)message.Operation).Attributes[0].Split('=', '-')[1], System.Globalization.CultureInfo.InvariantCulture);
        return RangeAsync(conversation, message, $"member;range={first}-{first}", new byte[1024 * 1024]);
    }

    private static async Task RangeAsync(Conversation conversation, DecodedMessage message, string attribute, byte[]? value = null)
    {
        await conversation.SendAsync(ResponseEncoder.Entry(message.Id, "cn=x", new LdapAttribute(attribute, [value ?? Small])));
        await conversation.AnswerAsync(message);
    }
}

internal enum HostileCall
{
    Search,
    Pages,
    Ranges,
    Modify,
}
