using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using GroupPortal.Core.Results;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>
/// What is missing of the wished members and what is too much, in one modify. Permissive modify does not help: Samba does not heed
/// it for members. No value stands twice: Samba would store it twice, and never again remove it.
/// </summary>
internal static class MemberRequest
{
    /// <summary>A thousand members take a busy server longer than any other write.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>A reference by identity, which stays true when the member is renamed meanwhile.</summary>
    public static string ValueOf(Guid id) => LdapName.FromGuid(id).ToString();

    /// <summary>
    /// As the plan left them: whoever is to come is not there, whoever is to go is. A plan knows what stands, and where it has changed
    /// since, the server refuses the whole and the members are asked.
    /// </summary>
    public static MembersAmong AsPlanned(DirectoryWrite.ChangeMembers write) => new(
        write.Members.GroupBy(member => member.Id).Where(same => !same.First().Add).Select(same => same.Key).ToHashSet(), new HashSet<Guid>());

    public static PreparedWrite Of(DirectoryWrite.ChangeMembers write, PresentGroup group, MembersAmong present)
    {
        var after = new HashSet<Guid>(present.All);
        var outcomes = new List<StepOutcome>(write.Members.Count);
        foreach (var member in write.Members)
        {
            if (!member.Add && present.Primary.Contains(member.Id))
            {
                return PreparedWrite.Refused(new DirectoryError.PolicyBlocked { Attribute = AttributeNames.Members, Detail = Texts.Format("Write.PrimaryGroup") });
            }

            var changed = member.Add ? after.Add(member.Id) : after.Remove(member.Id);
            outcomes.Add(new StepOutcome(member.Step, changed ? StepStatus.Done : StepStatus.NoChange));
        }

        var modifications = new List<LdapModification>();
        Add(LdapChange.Add, after.Except(present.All));
        Add(LdapChange.Delete, present.All.Except(after));
        return new PreparedWrite(modifications.Count == 0 ? null : new LdapRequest.Modify(group.Name, modifications) { Limit = Limit }, outcomes);

        void Add(LdapChange change, IEnumerable<Guid> ids)
        {
            string[] values = [.. ids.Select(ValueOf)];
            if (values.Length > 0)
            {
                modifications.Add(new LdapModification(change, new LdapAttribute("member", values)));
            }
        }
    }
}
