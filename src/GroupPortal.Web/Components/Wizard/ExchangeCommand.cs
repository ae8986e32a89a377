using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>What an administrator types into Exchange Online PowerShell for a group that the portal cannot make.</summary>
public static class ExchangeCommand
{
    public static string For(GroupDraft draft, ResultingNames names)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(names);
        var name = names.Name.Length > 0 ? names.Name : "My group";
        var alias = draft.MailNickname ?? (names.MailNickname.Length > 0 ? names.MailNickname : "my-group");
        return $"New-DistributionGroup -Name {Quote(name)} -Alias {Quote(alias)}";
    }

    /// <summary>A literal of PowerShell: whatever stands between single quotes is text, and a quote is doubled, in each of its forms.</summary>
    private static string Quote(string text)
    {
        foreach (var quote in "'\u2018\u2019\u201a\u201b")
        {
            text = text.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal);
        }

        return $"'{text}'";
    }
}
