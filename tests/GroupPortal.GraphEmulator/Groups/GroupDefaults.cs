using System.Globalization;
using System.Security.Cryptography;

namespace GroupPortal.GraphEmulation.Groups;

/// <summary>What a new group has without being told.</summary>
internal static class GroupDefaults
{
    public static void Fill(Tenant tenant, Dictionary<string, object?> values, bool isUnified)
    {
        Default("visibility", isUnified ? "Public" : "Private");
        if (isUnified)
        {
            var mail = $"{values["mailNickname"]}@{tenant.Options.Domain}";
            Default("mail", mail);
            Default("proxyAddresses", new[] { "SMTP:" + mail });
            Default("resourceProvisioningOptions", Array.Empty<string>());
            foreach (var name in new[] { "allowExternalSenders", "autoSubscribeNewMembers", "hideFromAddressLists", "hideFromOutlookClients", "isSubscribedByMail", "isFavorite", "isArchived" })
            {
                Default(name, false);
            }

            Default("welcomeMessageEnabled", true);
            Default("accessType", values["visibility"] is "Public" ? "public" : "private");
            foreach (var name in new[] { "unseenConversationsCount", "unseenCount", "unseenMessagesCount" })
            {
                Default(name, 0L);
            }
        }

        var parts = RandomNumberGenerator.GetBytes(16);
        Default("securityIdentifier", string.Create(
            CultureInfo.InvariantCulture,
            $"S-1-12-1-{BitConverter.ToUInt32(parts, 0)}-{BitConverter.ToUInt32(parts, 4)}-{BitConverter.ToUInt32(parts, 8)}-{BitConverter.ToUInt32(parts, 12)}"));

        void Default(string name, object value)
        {
            if (values.GetValueOrDefault(name) is null)
            {
                values[name] = value;
            }
        }
    }
}
