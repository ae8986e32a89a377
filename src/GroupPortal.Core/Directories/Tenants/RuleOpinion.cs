namespace GroupPortal.Core.Directories.Tenants;

/// <summary>Entra ID's own verdict on one member, with that of each part of the rule.</summary>
public sealed record RuleOpinion(bool IsMember, RuleOpinionPart Root);

/// <summary>One part of a rule: a comparison has a property and its value, anything else has parts.</summary>
public sealed record RuleOpinionPart(string Expression, bool Result, string? Property, string? Value, IReadOnlyList<RuleOpinionPart> Parts);
