using System.Diagnostics.CodeAnalysis;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria;

/// <summary>
/// The attributes that rules of one store can ask. A name of any language leads to the attribute, so that a rule pasted from
/// elsewhere is understood; the tree holds <see cref="CriteriaAttribute.Name"/>.
/// </summary>
public sealed class CriteriaVocabulary
{
    private readonly Dictionary<string, CriteriaAttribute> _byName = new(StringComparer.OrdinalIgnoreCase);

    public CriteriaVocabulary(StoreKind kind, IReadOnlyList<CriteriaAttribute> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        (Kind, Attributes) = (kind, attributes);
        // Own names first: an alias never hides an attribute.
        foreach (var attribute in attributes)
        {
            _byName.TryAdd(attribute.Name, attribute);
        }

        foreach (var attribute in attributes)
        {
            foreach (var alias in new[] { attribute.Ldap, attribute.Entra, attribute.EntraDevice, attribute.Graph }.OfType<string>())
            {
                _byName.TryAdd(alias, attribute);
            }
        }
    }

    public StoreKind Kind { get; }

    public IReadOnlyList<CriteriaAttribute> Attributes { get; }

    public Folding Folding => Folding.For(Kind);

    public static CriteriaVocabulary For(StoreKind kind) =>
        kind == StoreKind.ActiveDirectory ? CriteriaVocabularies.ActiveDirectory : CriteriaVocabularies.EntraId;

    /// <summary>By any of its names, without regard to case.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out CriteriaAttribute? attribute) => _byName.TryGetValue(name, out attribute);

    /// <summary>The name in a text's own language that resembles what was typed most, for "did you mean"; null when none does.</summary>
    public string? Nearest(string typed, CriteriaLanguage language)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return NearestWord.Of(typed, Attributes.Select(attribute => NameIn(attribute, language)).OfType<string>());
    }

    private static string? NameIn(CriteriaAttribute attribute, CriteriaLanguage language) => language switch
    {
        CriteriaLanguage.Ldap => attribute.Ldap,
        CriteriaLanguage.Entra => attribute.Entra ?? attribute.EntraDevice,
        CriteriaLanguage.Graph => attribute.Graph,
        _ => attribute.Name,
    };
}
