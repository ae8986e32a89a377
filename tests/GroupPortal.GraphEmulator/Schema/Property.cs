namespace GroupPortal.GraphEmulation.Schema;

internal sealed record Property(string Name, PropertyType Type, PropertyTraits Traits)
{
    public bool Has(PropertyTraits trait) => (Traits & trait) != PropertyTraits.None;
}
