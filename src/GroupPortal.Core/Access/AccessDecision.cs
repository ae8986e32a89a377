using GroupPortal.Core.Resources;

namespace GroupPortal.Core.Access;

public enum AccessVerdict
{
    Allow,
    NeedsApproval,
    Deny,
}

/// <summary>The policy's word, with its reason.</summary>
/// <param name="Reason">Key of the sentence (<c>Access.*</c>); empty when allowed.</param>
public sealed record AccessDecision(AccessVerdict Verdict, string Reason)
{
    public static AccessDecision Allowed { get; } = new(AccessVerdict.Allow, string.Empty);

    public string Message => Reason.Length == 0 ? string.Empty : Texts.Format("Access." + Reason);

    public static AccessDecision Deny(string reason) => new(AccessVerdict.Deny, reason);

    public static AccessDecision Approval(string reason) => new(AccessVerdict.NeedsApproval, reason);
}
