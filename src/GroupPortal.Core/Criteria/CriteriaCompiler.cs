using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria;

/// <summary>Makes questions of criteria: of a whole object, of an attribute's values, of one item of a collection.</summary>
internal sealed class CriteriaCompiler(CriteriaVocabulary vocabulary, CriteriaContext context)
{
    public CriteriaContext Context => context;

    public Folding Folding => vocabulary.Folding;

    /// <summary>The attribute that a leaf, or Each, asks; null for the rest.</summary>
    public static string? AttributeOf(Criterion criterion) => criterion switch
    {
        Criterion.Compare compare => compare.Attribute,
        Criterion.Present present => present.Attribute,
        Criterion.Each each => each.Attribute,
        Criterion.Chain chain => chain.Attribute,
        _ => null,
    };

    /// <summary>A name that the vocabulary does not know is a text attribute that nobody has a value of.</summary>
    public CriteriaAttribute Attribute(string name) => vocabulary.TryGet(name, out var attribute) ? attribute : new CriteriaAttribute(name) { IsReplicated = false };

    public Func<ReplicaObject, bool> OnObject(Criterion criterion)
    {
        switch (criterion)
        {
            case Criterion.AllOf all:
                Func<ReplicaObject, bool>[] every = [.. all.Parts.Select(OnObject)];
                return subject => Array.TrueForAll(every, part => part(subject));
            case Criterion.AnyOf any:
                Func<ReplicaObject, bool>[] some = [.. any.Parts.Select(OnObject)];
                return subject => Array.Exists(some, part => part(subject));
            case Criterion.Not not:
                var inner = OnObject(not.Inner);
                return subject => !inner(subject);
            case Criterion.Chain chain:
                var name = Attribute(chain.Attribute).Name;
                return ReferenceOf(chain.Target).Id is { } target && chain.Depth is null or > 0
                    ? subject => context.References.Reaches(subject.Id, name, target, chain.Depth)
                    : static _ => false;
            default:
                var attribute = Attribute(AttributeOf(criterion)!);
                var test = OnValues(criterion, attribute);
                return subject => test(ValuesOf(subject, attribute));
        }
    }

    /// <summary>A leaf other than a chain, or Each, as a question to an attribute's values; empty texts are left out already.</summary>
    public Func<IReadOnlyList<string>, bool> OnValues(Criterion criterion, CriteriaAttribute attribute)
    {
        switch (criterion)
        {
            case Criterion.Present:
                return static values => values.Count > 0;
            case Criterion.Compare compare:
                var value = OnValue(compare, attribute);
                return values =>
                {
                    for (var index = 0; index < values.Count; index++)
                    {
                        if (value(values[index]))
                        {
                            return true;
                        }
                    }

                    return false;
                };
            case Criterion.Each each:
                var item = OnItem(each.Inner, attribute);
                return each.Quantifier == Quantifier.Any ? values => values.Any(item) : values => values.All(item);
            default:
                throw new ArgumentOutOfRangeException(nameof(criterion), criterion, message: null);
        }
    }

    public Func<string, bool> OnValue(Criterion.Compare compare, CriteriaAttribute attribute) => attribute.Syntax switch
    {
        _ when IsId(attribute) && compare.Operator == CompareOperator.Equals =>
            CriteriaValues.TryGuid(compare.Value, out var id) ? text => CriteriaValues.TryGuid(text, out var other) && other == id : Never,
        _ when IsName(attribute) && compare.Operator == CompareOperator.Equals => SameName(compare.Value),
        _ when IsCategory(attribute) && compare.Operator == CompareOperator.Equals => SameCategory(compare.Value),
        CriteriaSyntaxes.Number or CriteriaSyntaxes.Flags => OnNumber(compare),
        CriteriaSyntaxes.Boolean => compare.Operator == CompareOperator.Equals && CriteriaValues.TryBoolean(compare.Value, out var flag)
            ? text => CriteriaValues.TryBoolean(text, out var other) && other == flag
            : Never,
        CriteriaSyntaxes.Time => OnTime(compare),
        CriteriaSyntaxes.Reference => compare.Operator == CompareOperator.Equals && ReferenceOf(compare.Value) is { IsNothing: false } target
            ? text => ReferenceOf(text) == target
            : Never,
        _ => TextMatch.Of(compare.Operator, compare.Value, vocabulary.Folding).IsMatch,
    };

    /// <summary>What a reference leads to: the object, else the name's own key.</summary>
    public Reference ReferenceOf(string text)
    {
        if (CriteriaValues.TryGuid(text, out var id))
        {
            return new Reference(id, Key: null);
        }

        return DistinguishedName.TryParse(text, out var name)
            ? context.References.Find(name) is { } found ? new Reference(found, Key: null) : new Reference(Id: null, name.Key)
            : default;
    }

    /// <summary>An object's values as rules see them, without empty texts.</summary>
    public IReadOnlyList<string> ValuesOf(ReplicaObject subject, string attribute) => ValuesOf(subject, Attribute(attribute));

    public static bool IsId(CriteriaAttribute attribute) => attribute is { IsReplicated: false, Name: "objectGUID" or "objectId" };

    public static bool IsName(CriteriaAttribute attribute) => attribute is { IsReplicated: false, Name: "distinguishedName" };

    public static bool IsClass(CriteriaAttribute attribute) => attribute is { IsReplicated: false, Name: "objectClass" };

    public static bool IsCategory(CriteriaAttribute attribute) => attribute is { IsReplicated: false, Name: "objectCategory" };

    public static bool IsMemberOf(CriteriaAttribute attribute) => attribute is { Syntax: CriteriaSyntaxes.Reference, Name: "memberOf" };

    private IReadOnlyList<string> ValuesOf(ReplicaObject subject, CriteriaAttribute attribute)
    {
        if (IsId(attribute))
        {
            return [subject.Id.ToString("D")];
        }

        if (IsName(attribute))
        {
            return subject.Dn.Length == 0 ? [] : [subject.Dn];
        }

        if (IsClass(attribute))
        {
            return CriteriaValues.ObjectClasses(subject.Kind);
        }

        if (IsCategory(attribute))
        {
            return CriteriaValues.ObjectCategory(subject.Kind);
        }

        if (IsMemberOf(attribute))
        {
            return [.. context.References.MemberOf(subject.Id).Select(id => id.ToString("D"))];
        }

        foreach (var (name, values) in subject.Values)
        {
            if (string.Equals(name, attribute.Name, StringComparison.OrdinalIgnoreCase))
            {
                return values.Contains(string.Empty) ? [.. values.Where(value => value.Length > 0)] : values;
            }
        }

        return [];
    }

    private Func<string, bool> OnItem(Criterion criterion, CriteriaAttribute attribute)
    {
        switch (criterion)
        {
            case Criterion.AllOf all:
                Func<string, bool>[] every = [.. all.Parts.Select(part => OnItem(part, attribute))];
                return item => Array.TrueForAll(every, part => part(item));
            case Criterion.AnyOf any:
                Func<string, bool>[] some = [.. any.Parts.Select(part => OnItem(part, attribute))];
                return item => Array.Exists(some, part => part(item));
            case Criterion.Not not:
                var inner = OnItem(not.Inner, attribute);
                return item => !inner(item);
            case Criterion.Chain { Attribute: Criterion.Each.Item } chain:
                return OnItemChain(chain, attribute);
            case Criterion.Chain:
                return Never;
        }

        var name = AttributeOf(criterion)!;
        var isItem = name == Criterion.Each.Item;
        // Fields are text; the item itself is of its attribute's syntax.
        var test = OnValues(criterion, isItem ? attribute : new CriteriaAttribute(name));
        return isItem ? item => test([item]) : item => test(CriteriaValues.Field(item, name) is { } field ? [field] : []);
    }

    /// <summary>The item counts as the first step.</summary>
    private Func<string, bool> OnItemChain(Criterion.Chain chain, CriteriaAttribute attribute)
    {
        if (attribute.Syntax != CriteriaSyntaxes.Reference || chain.Depth is <= 0 || ReferenceOf(chain.Target).Id is not { } target)
        {
            return Never;
        }

        return item => ReferenceOf(item).Id is { } first
            && (first == target || (chain.Depth is null or > 1 && context.References.Reaches(first, attribute.Name, target, chain.Depth - 1)));
    }

    private static Func<string, bool> OnNumber(Criterion.Compare compare)
    {
        if (compare.Operator is CompareOperator.AllBits or CompareOperator.AnyBits)
        {
            return !CriteriaValues.TryBits(compare.Value, out var bits) ? Never
                : compare.Operator == CompareOperator.AllBits ? text => CriteriaValues.TryBits(text, out var set) && (set & bits) == bits
                : text => CriteriaValues.TryBits(text, out var set) && (set & bits) != 0;
        }

        if (!CriteriaValues.TryNumber(compare.Value, out var number))
        {
            return Never;
        }

        return compare.Operator switch
        {
            CompareOperator.Equals => text => CriteriaValues.TryNumber(text, out var other) && other == number,
            CompareOperator.AtLeast => text => CriteriaValues.TryNumber(text, out var other) && other >= number,
            CompareOperator.AtMost => text => CriteriaValues.TryNumber(text, out var other) && other <= number,
            _ => Never,
        };
    }

    private Func<string, bool> OnTime(Criterion.Compare compare)
    {
        if (!CriteriaValues.TryTime(compare.Value, context.Now, out var time))
        {
            return Never;
        }

        return compare.Operator switch
        {
            CompareOperator.Equals => text => CriteriaValues.TryTime(text, out var other) && other == time,
            CompareOperator.AtLeast => text => CriteriaValues.TryTime(text, out var other) && other >= time,
            CompareOperator.AtMost => text => CriteriaValues.TryTime(text, out var other) && other <= time,
            _ => Never,
        };
    }

    private static Func<string, bool> SameName(string value) =>
        DistinguishedName.TryParse(value, out var name) ? text => DistinguishedName.TryParse(text, out var other) && other.Equals(name) : Never;

    private Func<string, bool> SameCategory(string value)
    {
        // Directories answer with the class's DN in the schema and accept both: CN=Person,CN=Schema,… is person.
        var match = TextMatch.Of(CompareOperator.Equals, DistinguishedName.TryParse(value, out var name) ? name.Name : value, vocabulary.Folding);
        return text => match.IsMatch(text) || (IsShortFor(text, "organizationalUnit") && match.IsMatch("Organizational-Unit"));

        static bool IsShortFor(string text, string category) => string.Equals(text, category, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Never(string value) => false;

    /// <summary>At most one of both is set; neither when the text is no reference.</summary>
    internal readonly record struct Reference(Guid? Id, string? Key)
    {
        public bool IsNothing => Id is null && Key is null;
    }
}
