using System.Globalization;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Languages.Entra;

internal sealed partial class EntraParser
{
    private Subject SubjectOf(EntraToken token)
    {
        var name = token.Value;
        if (_collection is { } collection)
        {
            return ItemOf(collection, token);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (name == Criterion.Each.Item)
        {
            Report("EntraItemOutside", token, name);
            return new Subject(name, null);
        }

        if (dot <= 0 || dot == name.Length - 1)
        {
            Report("EntraNoObject", token, [], KnownObject(name.Trim('.')), Short(name));
            return new Subject(name, null);
        }

        return PropertyOf(name[..dot], name[(dot + 1)..], token);
    }

    /// <summary>In a lambda only the item can be asked.</summary>
    private Subject ItemOf(CriteriaAttribute collection, EntraToken token)
    {
        if (collection.Fields.Count == 0)
        {
            if (token.Value == Criterion.Each.Item)
            {
                return new Subject(token.Value, new CriteriaAttribute(Criterion.Each.Item));
            }

            Report("EntraItemExpected", token, [Criterion.Each.Item], null, collection.Name);
            return new Subject(token.Value, null);
        }

        var item = EntraNames.ItemOf(collection);
        if (!token.Value.StartsWith(item + ".", StringComparison.OrdinalIgnoreCase))
        {
            Report("EntraItemExpected", token, [.. collection.Fields.Select(known => $"{item}.{known}")], null, collection.Name);
            return new Subject(token.Value, null);
        }

        var typed = token.Value[(item.Length + 1)..];
        var field = collection.Fields.FirstOrDefault(known => string.Equals(known, typed, StringComparison.OrdinalIgnoreCase));
        if (field is null)
        {
            var nearest = NearestWord.Of(typed, collection.Fields);
            Report("UnknownField", token, [], nearest is null ? null : $"{item}.{nearest}", Short(typed), collection.Name);
            return new Subject(typed, null);
        }

        return new Subject(field, new CriteriaAttribute(field));
    }

    private Subject PropertyOf(string objectName, string name, EntraToken token)
    {
        var isDevice = string.Equals(objectName, EntraNames.Device, StringComparison.OrdinalIgnoreCase);
        if (!isDevice && !string.Equals(objectName, EntraNames.User, StringComparison.OrdinalIgnoreCase))
        {
            var item = _vocabulary.Attributes.FirstOrDefault(known => known.Fields.Count > 0 && Same(EntraNames.ItemOf(known), objectName));
            var nearest = NearestWord.Of(objectName, [EntraNames.User, EntraNames.Device]);
            if (item is not null || Same(objectName, "group"))
            {
                Report("EntraItemOutside", token, Short(token.Value));
            }
            else
            {
                Report("EntraUnknownObject", token, ["user", "device"], nearest is null ? null : $"{nearest}.{name}", Short(objectName));
            }

            return new Subject(name, null);
        }

        if (_isDevice is { } before && before != isDevice && !_isMixed)
        {
            _isMixed = true;
            Report("EntraMixedObjects", token);
        }

        _isDevice ??= isDevice;
        if (!isDevice && EntraNames.IsAccountFlag(_vocabulary, name))
        {
            return new Subject(EntraNames.AccountEnabled, new CriteriaAttribute(EntraNames.AccountControl, CriteriaSyntaxes.Boolean), IsAccountFlag: true);
        }

        if (EntraNames.TryGet(_vocabulary, name, isDevice, out var attribute))
        {
            return new Subject(name, attribute);
        }

        Unknown(name, isDevice, token);
        return new Subject(name, null);
    }

    private void Unknown(string name, bool isDevice, EntraToken token)
    {
        var own = isDevice ? EntraNames.Device : EntraNames.User;
        if (isDevice && Same(name, "organizationalUnit"))
        {
            Report("EntraWithdrawn", token, name);
        }
        else if (_vocabulary.Kind != StoreKind.EntraId && EntraNames.TryGet(CriteriaVocabulary.For(StoreKind.EntraId), name, isDevice, out _))
        {
            Report("EntraNotInStore", token, name);
        }
        else if (EntraNames.TryGet(_vocabulary, name, !isDevice, out _))
        {
            Report("EntraNotOfObject", token, name, own, isDevice ? EntraNames.User : EntraNames.Device);
        }
        else
        {
            // A name of another language is known for certain; a typing error is guessed at.
            var meant = _vocabulary.TryGet(name, out var known) ? Called(known, isDevice) : null;
            meant ??= NearestWord.Of(name, _vocabulary.Attributes.Select(attribute => Called(attribute, isDevice)).OfType<string>());
            Report("UnknownAttribute", token, [], meant is null ? null : $"{own}.{meant}", Short(name));
        }
    }

    private static string? Called(CriteriaAttribute attribute, bool isDevice) => isDevice ? attribute.EntraDevice : attribute.Entra;

    private string? KnownObject(string name) =>
        EntraNames.TryGet(_vocabulary, name, isDevice: false, out _) || EntraNames.IsAccountFlag(_vocabulary, name) ? $"{EntraNames.User}.{name}"
        : EntraNames.TryGet(_vocabulary, name, isDevice: true, out _) ? $"{EntraNames.Device}.{name}"
        : null;

    private Literal? ReadLiteral()
    {
        var token = Token;
        switch (token.Kind)
        {
            case EntraTokenKind.Text:
                Advance();
                return new Literal(token, token.Value, IsQuoted: true);
            case EntraTokenKind.Word when token.Is(EntraTimes.Now):
                return Now(token);
            case EntraTokenKind.Word when !token.IsDashed && !IsLogic(token):
                Advance();
                return new Literal(token, token.Value, IsQuoted: false);
            default:
                Report("ValueMissing", token);
                Skip();
                return null;
        }
    }

    /// <summary><c>system.now</c>, and how long before or after.</summary>
    private Literal? Now(EntraToken start)
    {
        Advance();
        if (!Token.Is("plus") && !Token.Is("minus"))
        {
            return new Literal(start, "now", IsQuoted: false, IsTime: true);
        }

        var sign = Token.Is("plus") ? '+' : '-';
        Advance();
        var duration = Token.Kind is EntraTokenKind.Word or EntraTokenKind.Text && !Token.IsDashed ? EntraTimes.Duration(Token.Value) : null;
        if (duration is null)
        {
            Report("EntraNotDuration", Token, ["P1D"], null, Shown(Token));
            Skip();
            return null;
        }

        var whole = start with { Length = Token.End - start.Start };
        Advance();
        return new Literal(whole, $"now{sign}{duration}", IsQuoted: false, IsTime: true);
    }

    /// <summary>The value as the tree holds it; null where it does not fit the attribute, which is reported.</summary>
    private string? ValueOf(Literal literal, CriteriaAttribute attribute, CriteriaCondition condition) => attribute.Syntax switch
    {
        CriteriaSyntaxes.Boolean => BooleanOf(literal),
        CriteriaSyntaxes.Time => TimeOf(literal),
        CriteriaSyntaxes.Number or CriteriaSyntaxes.Flags => NumberOf(literal),
        _ => TextOf(literal, attribute, condition),
    };

    private string? BooleanOf(Literal literal)
    {
        if (!literal.IsTime && bool.TryParse(literal.Value, out var value))
        {
            return value ? "TRUE" : "FALSE";
        }

        Report("ValueNotBoolean", literal.Token, ["true", "false"], null, Short(literal.Value));
        return null;
    }

    private string? TimeOf(Literal literal)
    {
        if (literal.IsTime)
        {
            return literal.Value;
        }

        var value = EntraTimes.Instant(literal.Value);
        if (value is null)
        {
            Report("EntraNotTime", literal.Token, ["2026-03-01T00:00:00Z", "system.now -plus P1D"], null, Short(literal.Value));
        }

        return value;
    }

    private string? NumberOf(Literal literal)
    {
        if (!literal.IsTime && long.TryParse(literal.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        Report("ValueNotNumber", literal.Token, Short(literal.Value));
        return null;
    }

    private string? TextOf(Literal literal, CriteriaAttribute attribute, CriteriaCondition condition)
    {
        if (!literal.IsQuoted)
        {
            if (!literal.IsTime && literal.Value.Contains('.', StringComparison.Ordinal) && StartsCondition(literal.Token) && !char.IsAsciiDigit(literal.Value[0]))
            {
                Report("EntraNoPropertyAsValue", literal.Token);
            }
            else
            {
                Report("ValueNotQuoted", literal.Token, [], EntraStrings.Quote(Short(literal.Token.Value)), Short(literal.Token.Value));
            }

            return null;
        }

        if (literal.Value.Length == 0)
        {
            Report("ValueEmpty", literal.Token, [], condition.Operator == CompareOperator.Equals ? "null" : null, attribute.Name);
            return null;
        }

        if (condition.Operator == CompareOperator.Matches && EntraPatterns.WhyNot(literal.Value) is { } wrong)
        {
            Report(wrong, literal.Token, Short(literal.Value));
            return null;
        }

        return literal.Value;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
