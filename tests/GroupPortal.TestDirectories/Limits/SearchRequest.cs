using System.Formats.Asn1;
using System.Text;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>A search (RFC 4511 4.5.1): what it asks for, and what the controller is asked in its place.</summary>
internal sealed class SearchRequest
{
    private readonly StrictDomainLimits _limits;
    private readonly ReadOnlyMemory<byte>[] _before;
    private readonly List<string> _attributes = [];
    private readonly LdapMessage _message;
    private readonly bool _hasRanges;

    public SearchRequest(LdapMessage message, StrictDomainLimits limits)
    {
        _message = message;
        _limits = limits;
        Controls = RequestControls.Of(message.Controls);
        var content = message.Content();
        // Base, scope, aliases, size limit, time limit, types only, filter.
        _before = [.. Enumerable.Range(0, 7).Select(_ => content.ReadEncodedValue())];
        SizeLimit = ReadNumber(_before[3]);
        TimeLimit = TimeSpan.FromSeconds(ReadNumber(_before[4]));
        Filter = FilterSize.Of(_before[6]);
        var attributes = content.ReadSequence();
        while (attributes.HasData)
        {
            var description = Encoding.UTF8.GetString(attributes.ReadOctetString());
            var range = Controls.IsDirSync ? null : ValueRange.Of(description, limits.MaxValRange);
            _attributes.Add(range?.Asked ?? description);
            _hasRanges |= range is not null;
        }
    }

    public RequestControls Controls { get; }

    public FilterSize Filter { get; }

    /// <summary>Entries after which the search ends: the client's own limit or the domain's, which does not hold for what pages itself.</summary>
    public int MaximumEntries => Controls switch
    {
        { IsNotification: true } or { IsDirSync: true } => int.MaxValue,
        _ => SizeLimit > 0 ? Math.Min(SizeLimit, _limits.MaxPageSize) : _limits.MaxPageSize,
    };

    /// <summary>The time after which it ends; null for never.</summary>
    public TimeSpan? MaximumTime => Controls.IsNotification ? null
        : TimeLimit > TimeSpan.Zero && TimeLimit < _limits.MaxQueryDuration ? TimeLimit
        : _limits.MaxQueryDuration;

    private int SizeLimit { get; }

    private TimeSpan TimeLimit { get; }

    public LdapMessage ToMessage()
    {
        var controls = Controls.PageSize > _limits.MaxPageSize ? RequestControls.WithPageSize(_message.Controls, _limits.MaxPageSize) : _message.Controls;
        return (_hasRanges ? LdapMessage.Of(_message.Id, (int)LdapOperation.Search, WriteContent) : _message) with { Controls = controls };
    }

    private static int ReadNumber(ReadOnlyMemory<byte> encoded) => (int)new AsnReader(encoded, AsnEncodingRules.BER).ReadInteger();

    private void WriteContent(AsnWriter writer)
    {
        foreach (var part in _before)
        {
            writer.WriteEncodedValue(part.Span);
        }

        using (writer.PushSequence())
        {
            foreach (var description in _attributes)
            {
                writer.WriteOctetString(Encoding.UTF8.GetBytes(description));
            }
        }
    }
}
