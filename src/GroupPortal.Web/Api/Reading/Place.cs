using System.Globalization;

namespace GroupPortal.Web.Api.Reading;

/// <summary>A place in a body. Its text is made only where something is wrong: a request may carry 100,000 members.</summary>
internal sealed class Place
{
    private readonly Place? _parent;
    private readonly string _name;
    private readonly int _index;

    private Place(Place? parent, string name, int index) => (_parent, _name, _index) = (parent, name, index);

    public static Place Root { get; } = new(null, "$", -1);

    public Place Of(string name) => new(this, name, -1);

    public Place At(int index) => new(this, string.Empty, index);

    public override string ToString() =>
        _parent is null ? _name : _index < 0 ? $"{_parent}.{_name}" : string.Create(CultureInfo.InvariantCulture, $"{_parent}[{_index}]");
}
