using System.Text;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Groups;

/// <summary>
/// What an administrator types into Exchange Online PowerShell for a distribution group, which Microsoft Graph cannot make.
/// Pure; one line of text, in which nothing that somebody typed is anything but a literal.
/// </summary>
public static class ExchangeCommand
{
    /// <summary>Each of these ends a literal of PowerShell, the typographic ones as well; two in a row stand for one.</summary>
    private const string Quotes = "'\u2018\u2019\u201a\u201b";

    /// <summary>The command for a draft of the wizard, however far it has got: what is not there yet is left out, or a sample.</summary>
    /// <param name="names">The names that result from what was typed.</param>
    /// <param name="objects">
    /// The owners and members chosen, where somebody has looked them up: they are named by UPN or mail address. By their id, which
    /// Exchange Online understands as well, where not.
    /// </param>
    public static string NewDistributionGroup(GroupDraft draft, ResultingNames names, IReadOnlyDictionary<Guid, DirectoryObject>? objects = null)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(names);
        string Identity(PickedObject picked) =>
            objects?.GetValueOrDefault(picked.Id) is { } known ? IdentityOf(known) : picked.Id.ToString("D");
        var name = names.Name.Length > 0 ? names.Name : "My group";
        return Write(
            name,
            draft.MailNickname ?? (names.MailNickname.Length > 0 ? names.MailNickname : "my-group"),
            draft.DisplayName ?? names.Name,
            draft.Owners.Select(Identity),
            draft.Membership == Membership.Static ? draft.Members.Select(Identity) : [],
            draft.Description);
    }

    /// <summary>The command for a request; whoever its references do not lead to is named as the request names him.</summary>
    public static string NewDistributionGroup(GroupRequest request, PlanFacts facts)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(facts);
        string? Value(string attribute) => request.Attributes
            .LastOrDefault(change => string.Equals(change.Name, attribute, StringComparison.OrdinalIgnoreCase))?.Values.FirstOrDefault(value => value.Length > 0);
        string[] Identities(IReadOnlyList<ReferenceChange> changes) =>
        [
            .. changes.Where(change => change.Mode != ChangeMode.Remove)
                .SelectMany(change => change.References)
                .Select(reference => facts.References.GetValueOrDefault(reference) is ReferenceMatch.Found(var found) ? IdentityOf(found) : reference),
        ];
        var name = request.Name ?? Value(AttributeNames.DisplayName) ?? string.Empty;
        var owners = Identities(request.Owners);
        return Write(
            name,
            Value(AttributeNames.MailNickname) ?? NamingRules.MailNicknameFor(name),
            Value(AttributeNames.DisplayName) ?? name,
            owners.Length == 0 && request.CreatorOwns && facts.RequesterObject is { } creator ? [IdentityOf(creator)] : owners,
            Identities(request.Members),
            Value(AttributeNames.Description) ?? string.Empty);
    }

    /// <summary>
    /// A literal of PowerShell (about_Quoting_Rules): whatever stands between single quotes is text, and a quote is doubled, in
    /// each of its forms. Control characters become spaces: a console that takes the line by a paste acts upon them.
    /// </summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var literal = new StringBuilder(text.Length + 2).Append('\'');
        foreach (var character in text)
        {
            literal.Append(char.IsControl(character) ? ' ' : character);
            if (Quotes.Contains(character, StringComparison.Ordinal))
            {
                literal.Append(character);
            }
        }

        return literal.Append('\'').ToString();
    }

    private static string Write(
        string name, string alias, string displayName, IEnumerable<string> owners, IEnumerable<string> members, string notes)
    {
        var command = new StringBuilder("New-DistributionGroup");
        void Add(string parameter, params IEnumerable<string> values)
        {
            var literals = string.Join(',', values.Where(value => !string.IsNullOrWhiteSpace(value)).Distinct(StringComparer.OrdinalIgnoreCase).Select(Quote));
            if (literals.Length > 0)
            {
                command.Append(" -").Append(parameter).Append(' ').Append(literals);
            }
        }

        Add("Name", name);
        Add("Alias", alias);
        Add("DisplayName", displayName);
        Add("ManagedBy", owners);
        Add("Members", members);
        Add("Notes", notes);
        return command.ToString();
    }

    private static string IdentityOf(DirectoryObject known) => known.UserPrincipalName ?? known.Mail ?? known.Id.ToString("D");
}
