using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Ldap.Support;

namespace GroupPortal.Directories.Tests.Criteria;

/// <summary>Criteria that a seed repeats, about values that people have, their parts, and others.</summary>
internal sealed class RandomCriteria(ulong seed, IReadOnlyCollection<ReplicaObject> objects)
{
    private static readonly string[] Attributes =
    [
        "displayName", "cn", "department", "department", "title", "title", "description", "company", "mail", "employeeID", "proxyAddresses", "proxyAddresses", "sAMAccountName",
        "userAccountControl", "userAccountControl", "groupType", "adminCount", "adminCount", "manager", "manager", "memberOf", "memberOf", "whenCreated", "accountExpires", "accountExpires", "pwdLastSet",
        "distinguishedName", "objectGUID", "objectClass", "objectCategory",
    ];

    private static readonly string[] Words = ["e", "*", "(", ")", "\\", "  ", "a b", "\0", "nothing of that kind", " engineering ", "é", "É", "ß"];

    private static readonly string[] Classes = ["user", "group", "contact", "computer", "person", "top", "organizationalPerson"];

    private static readonly string[] Categories = ["person", "group", "computer", "user", "contact"];

    private readonly CriteriaVocabulary _vocabulary = CriteriaVocabulary.For(StoreKind.ActiveDirectory);
    private readonly SeededNumbers _numbers = new(seed);

    public Criterion Next(int depth = 4)
    {
        var kind = depth <= 1 ? 0 : _numbers.Below(10);
        return kind switch
        {
            < 4 => Clause(Attribute(), null),
            < 6 => new Criterion.AllOf([.. Parts(depth)]),
            < 8 => new Criterion.AnyOf([.. Parts(depth)]),
            8 => new Criterion.Not(Next(depth - 1)),
            _ => Items(),
        };
    }

    private IEnumerable<Criterion> Parts(int depth) => Enumerable.Range(0, _numbers.Below(12) == 0 ? 0 : 1 + _numbers.Below(3)).Select(_ => Next(depth - 1)).ToList();

    private Criterion.Each Items()
    {
        var attribute = _numbers.Below(2) == 0 ? "proxyAddresses" : "memberOf";
        _vocabulary.TryGet(attribute, out var known);
        return new Criterion.Each(_numbers.Below(2) == 0 ? Quantifier.Any : Quantifier.All, attribute, Clause(known!, Criterion.Each.Item));
    }

    private CriteriaAttribute Attribute() => _vocabulary.TryGet(Attributes[_numbers.Below(Attributes.Length)], out var attribute) ? attribute : throw new InvalidOperationException();

    private Criterion Clause(CriteriaAttribute attribute, string? name)
    {
        var conditions = CriteriaOperators.For(attribute).ToList();
        var condition = conditions[_numbers.Below(conditions.Count)];
        var criterion = condition.On(name ?? attribute.Name, Value(attribute, condition));
        return criterion is Criterion.Chain chain && _numbers.Below(3) == 0 ? chain with { Depth = 1 + _numbers.Below(3) } : criterion;
    }

    private string Value(CriteriaAttribute attribute, CriteriaCondition condition)
    {
        switch (attribute.Syntax)
        {
            case CriteriaSyntaxes.Flags or CriteriaSyntaxes.Number when _numbers.Below(2) == 0:
                string[] numbers = ["0", "1", "2", "32", "512", "546", "66048", "2147483648", "2147483650", "-2147483640", "-1", "4294967296", "3000000000"];
                return numbers[_numbers.Below(numbers.Length)];
            case CriteriaSyntaxes.Time when _numbers.Below(2) == 0:
                string[] times = ["now", "now-P30D", "now+P1D", "2025-03-01T00:00:00Z", "2026-03-01T00:00:00Z", "1601-01-01T00:00:00Z", "2025-03-01T00:00:00.5Z"];
                return times[_numbers.Below(times.Length)];
            case CriteriaSyntaxes.Reference:
                return Reference();
        }

        if (condition.Operator == CompareOperator.Matches)
        {
            return _numbers.Below(2) == 0 ? "^[a-e]" : "e.*r";
        }

        var value = attribute.Name switch
        {
            "objectGUID" => Any().Id.ToString(),
            "distinguishedName" => Any().Dn,
            "objectClass" => Classes[_numbers.Below(Classes.Length)],
            "objectCategory" => Categories[_numbers.Below(Categories.Length)],
            _ => Have(attribute),
        };
        return condition.Operator switch
        {
            CompareOperator.Equals or null => value,
            CompareOperator.Like => LikeOf(value),
            CompareOperator.StartsWith => value[..(1 + _numbers.Below(value.Length))],
            CompareOperator.EndsWith => value[_numbers.Below(value.Length)..],
            CompareOperator.Contains when value.Length > 1 && value.All(character => !char.IsSurrogate(character)) =>
                _numbers.Below(value.Length) is var start ? value.Substring(start, 1 + _numbers.Below(value.Length - start)) : value,
            _ => value,
        };
    }

    private string LikeOf(string value)
    {
        var at = _numbers.Below(value.Length + 1);
        return Escaped(value[..at]) + "*" + Escaped(value[Math.Min(value.Length, at + _numbers.Below(3))..]) + (_numbers.Below(2) == 0 ? "*" : string.Empty);

        static string Escaped(string part) => part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
    }

    private string Reference() => _numbers.Below(6) switch
    {
        0 => "CN=Gone,DC=demo,DC=local",
        1 => Any().Id.ToString(),
        < 4 => CriteriaDomain.Group(_numbers.Below(8)),
        _ => CriteriaDomain.Person(_numbers.Below(40)),
    };

    private ReplicaObject Any() => objects.ElementAt(_numbers.Below(objects.Count));

    private string Have(CriteriaAttribute attribute)
    {
        var values = objects.SelectMany(person => person.Values).Where(pair => pair.Key == attribute.Name).SelectMany(pair => pair.Value).ToList();
        if (attribute.Syntax != CriteriaSyntaxes.Text)
        {
            // No reader takes anything else for one.
            return values.Count > 0 ? values[_numbers.Below(values.Count)] : attribute.Syntax == CriteriaSyntaxes.Time ? "now" : "0";
        }

        return values.Count == 0 || _numbers.Below(4) == 0 ? Words[_numbers.Below(Words.Length)] : values[_numbers.Below(values.Count)];
    }
}
