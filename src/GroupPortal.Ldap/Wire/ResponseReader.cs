namespace GroupPortal.Ldap.Wire;

/// <summary>Reads what servers send (RFC 4511 section 4). Values are slices of the message; nothing is copied but names.</summary>
internal static class ResponseReader
{
    public const byte EntryTag = 0x64;
    public const byte SearchDoneTag = 0x65;
    public const byte ReferenceTag = 0x73;
    public const byte IntermediateTag = 0x79;

    /// <summary>More addresses or controls than anybody would use are read and forgotten.</summary>
    public const int MaximumListed = 100;

    private const int ObjectCost = 128;
    private const int ValueCost = 16;

    /// <param name="message">The content of the message's outermost sequence. What is read from it holds all of it in memory.</param>
    /// <param name="budget">At most this <see cref="Response.Entry.Cost"/>.</param>
    /// <exception cref="MalformedMessageException">It is no message of a server, or beyond a bound.</exception>
    public static Response Read(ReadOnlyMemory<byte> message, int budget)
    {
        var reader = new BerReader(message);
        var id = reader.ReadInteger();
        if (id < 0)
        {
            throw new MalformedMessageException("A message's number is negative.");
        }

        var tag = reader.PeekTag();
        var operation = reader.ReadAny();
        IReadOnlyList<LdapControl> controls = reader.PeekTag() == 0xa0 ? ReadControls(reader.Enter(0xa0)) : [];
        return tag switch
        {
            EntryTag => ReadEntry(id, new BerReader(operation), message.Length, budget),
            ReferenceTag => ReadReference(id, new BerReader(operation)),
            SearchDoneTag or 0x61 or 0x67 or 0x69 or 0x6b or 0x6d or 0x6f or 0x78 => ReadDone(id, tag, new BerReader(operation), controls),
            IntermediateTag => new Response.Intermediate(id),
            _ => throw new MalformedMessageException($"The tag 0x{tag:x2} is no answer of a server."),
        };
    }

    private static Response.Done ReadDone(int id, byte tag, BerReader reader, IReadOnlyList<LdapControl> controls)
    {
        var code = reader.ReadInteger(BerReader.Enumerated);
        var matched = reader.ReadText();
        var message = reader.ReadText();
        IReadOnlyList<string> referrals = [];
        string? oid = null;
        ReadOnlyMemory<byte> value = default;
        while (reader.HasMore)
        {
            switch (reader.PeekTag())
            {
                case 0xa3:
                    referrals = ReadAddresses(reader.Enter(0xa3));
                    break;
                case 0x8a:
                    oid = reader.ReadText(0x8a);
                    break;
                case 0x8b:
                    value = reader.ReadAny();
                    break;
                default:
                    // RFC 4511 section 4: what later versions add is passed over.
                    reader.ReadAny();
                    break;
            }
        }

        return new Response.Done(id, tag, new LdapResult((LdapResultCode)code, matched, message) { Referrals = referrals, Controls = controls, Value = value }, oid);
    }

    private static Response.Entry ReadEntry(int id, BerReader reader, int size, int budget)
    {
        var name = LdapName.FromServer(reader.ReadText());
        var list = reader.Enter(BerReader.Sequence);
        var cost = Within(budget, size + ObjectCost + TextCost(name.ToString()));
        var attributes = new List<LdapAttribute>();
        while (list.HasMore)
        {
            var attribute = list.Enter(BerReader.Sequence);
            var description = attribute.ReadText();
            var values = attribute.Enter(BerReader.Set);
            var count = Count(values);
            // Before anything is allocated for it: two octets of a message can be a value.
            cost = Within(budget, cost + ObjectCost + TextCost(description) + ((long)count * ValueCost));
            var read = new ReadOnlyMemory<byte>[count];
            for (var index = 0; index < count; index++)
            {
                read[index] = values.Read(BerReader.OctetString);
            }

            attributes.Add(new LdapAttribute(description, read));
        }

        return new Response.Entry(id, new LdapEntry(name, attributes), (int)cost);
    }

    private static Response.Reference ReadReference(int id, BerReader reader)
    {
        var addresses = ReadAddresses(reader);
        return new Response.Reference(id, addresses, ObjectCost + (int)addresses.Sum(address => ObjectCost + TextCost(address)));
    }

    private static long TextCost(string text) => 2L * text.Length;

    private static long Within(int budget, long cost) =>
        cost <= budget ? cost : throw new MalformedMessageException("An entry takes more memory than an answer may.", isTooLarge: true);

    private static int Count(BerReader values)
    {
        var count = 0;
        while (values.HasMore)
        {
            values.ReadAny();
            count++;
        }

        return count;
    }

    private static List<string> ReadAddresses(BerReader reader)
    {
        var addresses = new List<string>();
        while (reader.HasMore)
        {
            if (addresses.Count < MaximumListed)
            {
                addresses.Add(reader.ReadText());
            }
            else
            {
                reader.Read(BerReader.OctetString);
            }
        }

        return addresses;
    }

    private static List<LdapControl> ReadControls(BerReader reader)
    {
        var controls = new List<LdapControl>();
        while (reader.HasMore)
        {
            var control = reader.Enter(BerReader.Sequence);
            if (controls.Count == MaximumListed)
            {
                continue;
            }

            var oid = control.ReadText();
            var isCritical = control.PeekTag() == BerReader.Boolean && control.ReadBoolean();
            ReadOnlyMemory<byte>? value = control.PeekTag() == BerReader.OctetString ? control.ReadAny() : default(ReadOnlyMemory<byte>?);
            controls.Add(new LdapControl(oid, isCritical, value));
        }

        return controls;
    }
}
