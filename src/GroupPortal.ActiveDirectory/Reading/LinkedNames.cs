using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// All values of a linked attribute by ranges ([MS-ADTS] 3.1.1.3.1.3.3): AD cuts at 1,500. Each comes with its object's GUID where
/// the first range was asked for so, which makes Samba four times slower. Not by the client's own reading of all values: that does
/// not see that the object changed between two ranges, when values can be missed.
/// </summary>
internal sealed class LinkedNames(Domain domain, DomainSearch searches)
{
    private const string ChangeNumber = "uSNChanged";

    /// <summary>An object that changes more often than it can be read.</summary>
    private const int MaximumTries = 3;

    /// <summary>Samba cuts nothing by itself: a group of 200,000 would be one message of more octets than are accepted.</summary>
    private const int MaximumRange = 5000;

    public static string FirstRange(string attribute) => Range(attribute, 0);

    /// <summary>All values of an entry that was asked for a first range and its uSNChanged already.</summary>
    /// <param name="withIds">Whether the entry was asked for with <see cref="LdapControls.ExtendedNames"/>.</param>
    public async Task<DirectoryAnswer<IReadOnlyList<ExtendedName>>> AllAsync(
        LdapEntry first, string attribute, bool withIds, CancellationToken cancellation)
    {
        var names = new List<ExtendedName>();
        return await EachAsync(first, attribute, withIds, names.Clear, values => names.AddRange(values.Texts.Select(ExtendedName.Of)), cancellation) is { } why
            ? why
            : DirectoryAnswer.Ok<IReadOnlyList<ExtendedName>>(names);
    }

    /// <summary>How many values there are. None of them is looked at: what the entry does not bring is asked for without ids.</summary>
    public async Task<DirectoryAnswer<long>> CountAsync(LdapEntry first, string attribute, CancellationToken cancellation)
    {
        long count = 0;
        return await EachAsync(first, attribute, withIds: false, () => count = 0, values => count += values.Values.Count, cancellation) is { } why
            ? why
            : DirectoryAnswer.Ok(count);
    }

    /// <summary>The values of an answer, and where the next range begins; null at the end.</summary>
    internal static (LdapAttribute? Values, int? Next) RangeOf(LdapEntry entry, string attribute)
    {
        foreach (var one in entry.Attributes)
        {
            var isRange = one.Name.StartsWith(attribute + ";range=", StringComparison.OrdinalIgnoreCase);
            // Real servers send the plain name too, empty, beside the range that holds the values.
            if (one.Values.Count > 0 && (isRange || string.Equals(one.Name, attribute, StringComparison.OrdinalIgnoreCase)))
            {
                var last = isRange ? one.Name[(one.Name.LastIndexOf('-') + 1)..] : "*";
                return (one, int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end) ? end + 1 : null);
            }
        }

        return (null, null);
    }

    /// <summary>Begins anew when the object changed between two ranges; null when all is read, else why not.</summary>
    private async Task<DirectoryError?> EachAsync(
        LdapEntry first, string attribute, bool withIds, Action begin, Action<LdapAttribute> take, CancellationToken cancellation)
    {
        IReadOnlyList<LdapControl> controls = withIds ? [LdapControls.ExtendedNames] : [];
        var id = first.Guid("objectGUID") ?? throw new ArgumentException("The entry was not asked for its identity.", nameof(first));
        var entry = first;
        for (var attempt = 1; ; attempt++)
        {
            begin();
            var (isWhole, why) = await FollowAsync(id, entry, attribute, controls, take, cancellation);
            if (isWhole || why is not null || attempt == MaximumTries)
            {
                return isWhole ? null : why ?? DirectoryError.Conflict.Unknown;
            }

            var again = await searches.EntryAsync(LdapName.FromGuid(id), [FirstRange(attribute), ChangeNumber], cancellation, controls);
            if (again is not DirectoryAnswer<LdapEntry?>.Ok({ } whole))
            {
                return again is DirectoryAnswer<LdapEntry?>.Ok ? new DirectoryError.NotFound { ServerText = $"<GUID={id}>" } : again.WhyNot();
            }

            entry = whole;
        }
    }

    private async Task<(bool IsWhole, DirectoryError? Why)> FollowAsync(
        Guid id, LdapEntry first, string attribute, IReadOnlyList<LdapControl> controls, Action<LdapAttribute> take, CancellationToken cancellation)
    {
        var entry = first;
        while (true)
        {
            var (values, next) = RangeOf(entry, attribute);
            if (values is not null)
            {
                take(values);
            }

            if (next is not { } start)
            {
                return (true, null);
            }

            var answer = await domain.Client.SearchAsync(
                new LdapSearch(LdapName.FromGuid(id), LdapScope.Base, LdapFilter.Present("objectClass"), [Range(attribute, start), ChangeNumber]) { Controls = controls },
                cancellation,
                searches.Server);
            if (DomainSearch.WhyIncomplete(answer) is { } why)
            {
                return (false, why);
            }

            if (answer.Entries is not [var more, ..] || more.Text(ChangeNumber) != first.Text(ChangeNumber))
            {
                return (false, null);
            }

            entry = more;
        }
    }

    private static string Range(string attribute, int start) =>
        string.Create(CultureInfo.InvariantCulture, $"{attribute};range={start}-{start + MaximumRange - 1}");
}
