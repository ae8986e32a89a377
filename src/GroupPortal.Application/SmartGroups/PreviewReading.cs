using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>One preview, while nobody changes the replica.</summary>
/// <param name="version">Of what the portal keeps of the group; 0 where it keeps nothing.</param>
/// <param name="isShrunk">As <see cref="MembershipChange.IsShrunk"/>.</param>
internal sealed class PreviewReading(ReplicaView view, PreviewQuery query, RecomputeLimits limits, long version, bool isShrunk, DateTimeOffset now)
{
    private const int Bars = 8;

    private SmartRule Rule => query.Rule;

    public PreviewAnswer Read(DateTimeOffset asOf)
    {
        var group = query.Group is { } id ? view.RowOf(id) : -1;
        if (query.Group is not null && group < 0)
        {
            return new PreviewAnswer.GroupUnknown();
        }

        var rows = view.Select(Rule, query.Group, now);
        var present = query.Group is { } there ? view.MemberRowsOf(there) : new RowSet(view.RowCount);
        var unknown = query.Group is { } existing ? view.UnknownMembersOf(existing) : [];
        var difference = rows.Against(present);
        var (joining, leaving, staying) = (difference.Joining.Count, difference.Leaving.Count, difference.Staying.Count);
        var guard = MembershipGuard.Judge(
            new MembershipChange(leaving + staying + unknown.Count, joining, leaving, group >= 0 && view.IsProtected(group)) { IsShrunk = isShrunk }, limits);
        var list = Listed(rows, difference);
        return new PreviewAnswer.Ok(new Preview(
            Hash(group, difference, unknown),
            asOf,
            new PreviewCounts(joining + staying, joining, leaving, staying, rows.Excepted.Count) { Unknown = unknown.Count },
            [.. Clauses(rows)],
            guard,
            RuleLint.Of(view, Rule.Criteria, Rule.ObjectTypes, Rule.StartPaths, now),
            [.. Members(list, rows, difference)],
            list.Count,
            Chart(rows.Selected))
        {
            UnknownExceptions = [.. rows.Unknown.Except(unknown)],
        });
    }

    private RowSet Listed(RuleRows rows, RowDifference difference)
    {
        var list = query.Show switch
        {
            PreviewShow.Joining => difference.Joining,
            PreviewShow.Leaving => difference.Leaving,
            PreviewShow.Staying => difference.Staying,
            PreviewShow.Excepted => rows.Excepted,
            _ => rows.Selected,
        };
        return query.Search.Length == 0 ? list : view.Search(query.Search).And(list);
    }

    private IEnumerable<PreviewMember> Members(RowSet list, RuleRows rows, RowDifference difference)
    {
        if (query.Take <= 0)
        {
            yield break;
        }

        var (disabled, mailboxes) = (view.Disabled(), view.OfTypes([QueryObjectType.MailboxUsers]));
        foreach (var row in view.Page(list, query.SortBy, query.IsDescending, query.Skip, Math.Min(query.Take, 1000)))
        {
            var standing = difference.Leaving[row] ? Standing.Leaving : difference.Staying[row] ? Standing.Staying : Standing.Joining;
            yield return new PreviewMember(view.IdOf(row), view.KindOf(row), view.LabelOf(row), view.DnOf(row), standing, rows.Excepted[row], !disabled[row])
            {
                Values = query.Attributes
                    .Select(name => KeyValuePair.Create(name, view.ValuesOf(row, name)))
                    .Where(pair => pair.Value.Count > 0)
                    .ToDictionary(StringComparer.OrdinalIgnoreCase),
                HasMailbox = mailboxes[row],
            };
        }
    }

    private IEnumerable<ClauseCount> Clauses(RuleRows rows)
    {
        foreach (var (path, count) in rows.Clauses)
        {
            yield return new ClauseCount(path, ClauseTexts.Of(At(Rule.Criteria, path), view.Vocabulary), count);
        }
    }

    private static Criterion At(Criterion criterion, string path)
    {
        if (path.Length > 0)
        {
            foreach (var part in path.Split('.'))
            {
                criterion = criterion.Children[int.Parse(part, CultureInfo.InvariantCulture)];
            }
        }

        return criterion;
    }

    /// <summary>The most frequent values, the others together, and those without one.</summary>
    private List<ChartBar> Chart(RowSet selected)
    {
        if (query.ChartBy is not { } attribute)
        {
            return [];
        }

        var counts = view.ValueCounts(attribute, selected);
        var bars = counts.Take(Bars).Select(pair => new ChartBar(pair.Key, pair.Value)).ToList();
        if (counts.Skip(Bars).Sum(pair => pair.Value) is > 0 and var rest)
        {
            bars.Add(new ChartBar(null, rest, IsRest: true));
        }

        if (view.CountWithout(attribute, selected) is > 0 and var without)
        {
            bars.Add(new ChartBar(null, without));
        }

        return bars;
    }

    /// <summary>
    /// Of the rule as it works, of the group, and of who comes, who goes and who stays. Rows keep their numbers for as long as the
    /// table lives; a table that was read anew numbers them anew, and has another generation: then it is looked at again.
    /// </summary>
    private string Hash(int group, RowDifference difference, IReadOnlyList<Guid> unknown)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(ClauseTexts.Of(Rule.Criteria, view.Vocabulary));
        Add(string.Join(' ', Rule.ObjectTypes.Distinct().Order().Select(type => ((int)type).ToString(CultureInfo.InvariantCulture))));
        Add(string.Join('\n', Rule.StartPaths.Select(path => string.Create(CultureInfo.InvariantCulture, $"{(int)path.Scope} {path.Dn}"))));
        Add(string.Join(' ', Rule.Include.Where(one => one.HoldsAt(now)).Select(one => one.Id).Order()));
        Add(string.Join(' ', Rule.Exclude.Where(one => one.HoldsAt(now)).Select(one => one.Id).Order()));
        Add(query.Group?.ToString() ?? string.Empty);
        Add(version.ToString(CultureInfo.InvariantCulture));
        Add(group < 0 ? string.Empty : view.DnOf(group));
        Add(view.Generation.ToString());
        Add(string.Join(' ', unknown));
        AddRows(difference.Joining);
        AddRows(difference.Leaving);
        AddRows(difference.Staying);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
            hash.AppendData([0]);
        }

        void AddRows(RowSet rows)
        {
            hash.AppendData(MemoryMarshal.AsBytes<UInt128>([rows.Digest()]));
        }
    }
}
