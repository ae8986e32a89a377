namespace GroupPortal.Web.Components.Criteria;

/// <summary>One line of a <see cref="ComboField"/>'s list.</summary>
/// <param name="Detail">Beside the label, in grey; null for none.</param>
public sealed record ComboOption(string Value, string Label, string? Detail = null);
