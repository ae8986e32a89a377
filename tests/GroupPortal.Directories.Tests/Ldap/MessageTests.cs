using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;
using GroupPortal.Ldap.Wire;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>What is written is what was meant, and what is read is what was sent, for any message.</summary>
public sealed class MessageTests
{
    private const int Budget = 32 * 1024 * 1024;

    [Fact]
    public void A_request_is_decoded_as_it_was_written() => Check(
        from id in Messages.Id from request in Messages.Request select (id, request),
        sent =>
        {
            var decoded = RequestDecoder.Decode(RequestWriter.Write(sent.id, sent.request));
            Assert.Equal(Canonical.Text(sent.request), Canonical.Text(decoded.Operation));
            return decoded.Id == sent.id;
        });

    [Fact]
    public void A_search_is_decoded_as_it_was_written() => Check(
        from id in Messages.Id from search in Messages.Search select (id, search),
        sent =>
        {
            var decoded = RequestDecoder.Decode(RequestWriter.Write(sent.id, sent.search));
            Assert.Equal(Canonical.Text(sent.search), Canonical.Text(decoded.Operation));
            return decoded.Id == sent.id;
        });

    [Fact]
    public void Abandon_and_unbind_are_decoded_as_they_were_written() => Check(
        from id in Messages.Id from abandoned in Messages.Id select (id, abandoned),
        sent => RequestDecoder.Decode(RequestWriter.WriteAbandon(sent.id, sent.abandoned)) == new DecodedMessage(sent.id, new Abandon(sent.abandoned))
            && RequestDecoder.Decode(RequestWriter.WriteUnbind(sent.id)) == new DecodedMessage(sent.id, new Unbind()));

    [Fact]
    public void An_answer_is_read_as_it_was_encoded() => Check(
        Messages.Response,
        sent =>
        {
            Assert.Equal(Canonical.Text(sent.Response), Canonical.Text(Read(sent.Octets)));
            return true;
        });

    [Fact]
    public void Messages_are_found_however_the_network_cuts_them() => Check(
        from sent in Messages.Few(Messages.Response) from seed in Gen.Choose(1, int.MaxValue) select (sent, seed),
        given =>
        {
            var frames = new FrameReader(new CutStream([.. given.sent.SelectMany(one => one.Octets)], (ulong)given.seed), 1024 * 1024);
            foreach (var (response, _) in given.sent)
            {
                var message = frames.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
                if (message is null || Canonical.Text(ResponseReader.Read(message.Value, Budget)) != Canonical.Text(response))
                {
                    return false;
                }
            }

            return frames.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is null && !frames.HasRest;
        });

    [Fact]
    public void An_answer_that_is_cut_off_is_malformed_and_nothing_else() => Check(
        from sent in Messages.Response from at in Gen.Choose(0, int.MaxValue) select (sent.Octets, at),
        given =>
        {
            var content = Content(given.Octets);
            try
            {
                ResponseReader.Read(content[..(given.at % content.Length)], Budget);
                // Without its controls an answer is still one.
                return true;
            }
            catch (MalformedMessageException)
            {
                return true;
            }
        });

    [Fact]
    public void A_name_is_taken_when_it_is_well_formed_text_and_refused_otherwise() => Check(
        from text in Messages.SomeText from half in Gen.Elements("\ud83c", "\udf88", "a\udf88\ufffd") select (text, half),
        given => LdapName.TryFromEscaped(given.text, out var name) == !given.text.Contains('\0', StringComparison.Ordinal)
            && (name.ToString().Length == 0 || name.ToString() == given.text)
            && !LdapName.TryFromEscaped(given.text + given.half, out _)
            && !LdapName.TryFromEscaped(given.half + "\ufffd" + given.text, out _));

    [Fact]
    public void Half_a_character_is_no_value() =>
        Assert.ThrowsAny<ArgumentException>(() => new LdapAttribute("description", "\ud83c"));

    private static void Check<T>(Gen<T> gen, Func<T, bool> property) => Prop.ForAll(gen.ToArbitrary(), property).QuickCheckThrowOnFailure();

    private static Response Read(byte[] octets) => ResponseReader.Read(Content(octets), Budget);

    private static ReadOnlyMemory<byte> Content(byte[] octets) => octets.AsMemory(BerReader.TryReadHeader(octets)!.Value.Header);

    /// <summary>Gives what it holds in pieces of random size.</summary>
    private sealed class CutStream(byte[] content, ulong seed) : MemoryStream(content)
    {
        private readonly SeededNumbers _numbers = new(seed);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + _numbers.Below(_numbers.Below(4) == 0 ? 40_000 : 20))], cancellationToken);
    }
}
