using System.Globalization;
using System.Reflection;

namespace GroupPortal.Web.Startup;

/// <summary>
/// Holds a section against the type that it is bound to: keys that the type lacks, and values that are not of its kind.
/// The binder passes over the first without a word and stops at the first of the second.
/// </summary>
internal sealed class SettingsShape(ICollection<string> problems)
{
    private readonly HashSet<string> _unusable = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The options, bound from those values of the section that can be.</summary>
    public T Read<T>(IConfigurationSection section)
        where T : class, new()
    {
        CheckSection(section, typeof(T));
        var usable = section.AsEnumerable(makePathsRelative: true)
            .Where(value => value is { Key.Length: > 0, Value: not null } && !_unusable.Contains(ConfigurationPath.Combine(section.Path, value.Key)));
        return new ConfigurationBuilder().AddInMemoryCollection(usable).Build().Get<T>() ?? new T();
    }

    internal static IEnumerable<PropertyInfo> PropertiesOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    internal static bool IsSingle(Type type) => type == typeof(string) || type == typeof(int) || type == typeof(bool);

    internal static bool IsList(Type type) => typeof(IEnumerable<string>).IsAssignableFrom(type);

    private void CheckSection(IConfigurationSection section, Type type)
    {
        foreach (var child in section.GetChildren())
        {
            if (PropertiesOf(type).FirstOrDefault(property => string.Equals(property.Name, child.Key, StringComparison.OrdinalIgnoreCase)) is { } property)
            {
                CheckValue(child, property.PropertyType);
            }
            else
            {
                problems.Add($"{child.Path} is no setting, perhaps a typing error. {section.Path} has {string.Join(", ", PropertiesOf(type).Select(known => known.Name))}.");
            }
        }
    }

    private void CheckValue(IConfigurationSection value, Type type)
    {
        var hasChildren = value.GetChildren().Any();
        if (IsSingle(type))
        {
            if (hasChildren || value.Value is null)
            {
                Refuse(value, "is a single value. Leave it out for its default.");
            }
            else if (type == typeof(int) && !int.TryParse(value.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            {
                Refuse(value, $"is a number, not \"{value.Value}\".");
            }
            else if (type == typeof(bool) && !bool.TryParse(value.Value, out _))
            {
                Refuse(value, $"is true or false, not \"{value.Value}\".");
            }
        }
        else if (!string.IsNullOrEmpty(value.Value))
        {
            Refuse(value, IsList(type) ? $"is a list: set {value.Path}:0, {value.Path}:1 and so on." : "is a section with settings of its own, not a value.");
        }
        else if (IsList(type))
        {
            foreach (var item in value.GetChildren().Where(item => string.IsNullOrWhiteSpace(item.Value)))
            {
                Refuse(item, "is empty.");
            }
        }
        else if (hasChildren)
        {
            CheckSection(value, type);
        }
    }

    private void Refuse(IConfigurationSection value, string what)
    {
        problems.Add($"{value.Path} {what}");
        _unusable.Add(value.Path);
    }
}
