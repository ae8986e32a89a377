using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Web.Api.Reading;

/// <summary>From a group as the wire describes it to what the planner is asked for.</summary>
internal static class WireRequests
{
    private const string MailEnabledClass = "MailEnabledGroup";

    private static readonly string[] References =
        [AttributeNames.Members, AttributeNames.Owners, AttributeNames.ManagedBy, AttributeNames.AdditionalOwners];

    /// <summary>The step path of members or owners, in its own casing; null for any other attribute.</summary>
    public static string? ReferencePath(string attribute) => Array.Find(References, reference => Is(reference, attribute));

    public static GroupRequest Create(WireGroup group, IdentityStore store, string defaultContainer, bool isStrict, bool isByRule = false)
    {
        var facts = new WireFacts(
            store, group.GroupName ?? string.Empty, string.IsNullOrEmpty(group.Container) ? defaultContainer : group.Container, First(group, AttributeNames.GroupType) ?? string.Empty);
        var reading = new Translation(facts, isCreate: true, primaryOwner: null);
        reading.Take(group);
        var kind = First(group, AttributeNames.ManagedGroupType);
        if (!isByRule && kind is "2")
        {
            reading.Refuse(AttributeNames.ManagedGroupType, "WireSmart", ProblemScope.Request, AttributeNames.ManagedGroupType);
        }

        return reading.Finish(new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = group.GroupName,
            Container = string.IsNullOrEmpty(group.Container) ? null : group.Container,
            Attributes =
            [
                .. MailNickname(group, store, group.GroupName ?? string.Empty, present: null),
                // The address says that it is one; without a rule it then lacks its criteria.
                .. isByRule && kind is null && First(group, AttributeNames.MembershipRule) is null
                    ? [new AttributeChange(AttributeNames.ManagedGroupType, ChangeMode.Set, ["2"])]
                    : Array.Empty<AttributeChange>(),
            ],
            IsStrict = isStrict,
        });
    }

    /// <param name="etag">The state that the client looked at, or null.</param>
    public static GroupRequest Update(WireGroup group, GroupState state, IdentityStore store, bool isStrict, string? etag)
    {
        var name = string.IsNullOrEmpty(group.GroupName) ? state.Name : group.GroupName;
        var container = string.IsNullOrEmpty(group.Container) ? DistinguishedName.Parse(state.Dn).Parent?.ToString() ?? string.Empty : group.Container;
        var facts = new WireFacts(store, name, container, First(group, AttributeNames.GroupType) ?? state.Attributes.First(AttributeNames.GroupType) ?? string.Empty);
        var reading = new Translation(facts, isCreate: false, state.HasPrimaryOwner ? state.Owners[0].Id : null);
        reading.Take(group);
        return reading.Finish(new GroupRequest
        {
            Kind = PlanKind.Update,
            GroupId = state.Id,
            Name = string.IsNullOrEmpty(group.GroupName) ? null : group.GroupName,
            Container = string.IsNullOrEmpty(group.Container) ? null : group.Container,
            Attributes = MailNickname(group, store, name, state.Attributes.First(AttributeNames.MailNickname)),
            IsStrict = isStrict,
            ExpectedETag = etag,
        });
    }

    /// <summary>Whether the members of a new group are to be computed at once.</summary>
    public static bool WantsUpdate(WireGroup group) =>
        group.Echoes.Where(echo => IsUpdateOption(echo.Key)).Select(echo => echo.Value)
            .Concat(group.Attributes.Where(attribute => IsUpdateOption(attribute.Name)).SelectMany(attribute => attribute.Values).Select(value => value.Value))
            .Any(value => value == "1" || Is(value ?? string.Empty, bool.TrueString));

    private static bool IsUpdateOption(string name) => Is(name, "UpdateOption") || Is(name, "UpdateOptions");

    public static GroupRequest Delete(Guid id, bool isStrict, string? etag) =>
        new() { Kind = PlanKind.Delete, GroupId = id, IsStrict = isStrict, ExpectedETag = etag };

    /// <summary>A mail-enabled group of Active Directory gets the nickname that follows from its name, unless it has or is given one.</summary>
    private static AttributeChange[] MailNickname(WireGroup group, IdentityStore store, string name, string? present)
    {
        var isWanted = store.Kind == StoreKind.ActiveDirectory
            && Is(First(group, "objectClass") ?? string.Empty, MailEnabledClass)
            && string.IsNullOrEmpty(present)
            && First(group, AttributeNames.MailNickname) is null;
        return isWanted ? [new AttributeChange(AttributeNames.MailNickname, ChangeMode.Set, [NamingRules.MailNicknameFor(name)])] : [];
    }

    private static string? First(WireGroup group, string attribute) =>
        group.Attributes.FirstOrDefault(candidate => Is(candidate.Name, attribute))?.Values
            .Select(value => value.Value).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private sealed class Translation(WireFacts facts, bool isCreate, Guid? primaryOwner)
    {
        private readonly List<AttributeChange> _attributes = [];
        private readonly List<ReferenceChange> _members = [];
        private readonly List<ReferenceChange> _owners = [];
        private readonly List<ReferenceChange> _primary = [];
        private readonly List<Problem> _problems = [];

        public void Take(WireGroup group)
        {
            foreach (var (name, value) in group.Echoes)
            {
                Echo(name, value);
            }

            foreach (var attribute in group.Attributes)
            {
                if (WireAttributes.Contains(attribute.Name))
                {
                    foreach (var value in attribute.Values)
                    {
                        Echo(attribute.Name, value.Value);
                    }
                }
                else
                {
                    Attribute(attribute);
                }
            }
        }

        public void Refuse(string field, string code, ProblemScope scope, params IReadOnlyList<string> arguments) =>
            _problems.Add(new Problem(field, code, scope, arguments));

        public GroupRequest Finish(GroupRequest request) => request with
        {
            Attributes = [.. _attributes, .. request.Attributes],
            Members = _members,
            // The list first: managedBy then puts its one owner in front of it.
            Owners = [.. _owners, .. _primary],
            ReadingProblems = _problems,
        };

        private void Echo(string name, string? value)
        {
            if (WireAttributes.WhyNot(name, value, facts) is { } problem)
            {
                _problems.Add(problem);
            }
        }

        private void Attribute(WireAttribute attribute)
        {
            var reference = ReferencePath(attribute.Name);
            var kept = new List<WireValue>(attribute.Values.Count);
            foreach (var value in attribute.Values)
            {
                if (WhyNot(reference ?? attribute.Name, value, reference is not null) is { } problem)
                {
                    _problems.Add(problem);
                }
                else
                {
                    kept.Add(value);
                }
            }

            if (kept.Count == 0 && (attribute.Values.Count > 0 || (isCreate && reference is not null)))
            {
                return;
            }

            foreach (var (mode, values) in ByMode(kept))
            {
                if (reference is not null)
                {
                    Reference(reference, mode, [.. values.Select(value => value.Reference).Where(given => given.Length > 0)]);
                }
                else
                {
                    _attributes.Add(new AttributeChange(attribute.Name, mode, [.. values.Select(value => WireRules.ValueOf(attribute.Name, value)).Where(value => value.Length > 0)]));
                }
            }
        }

        /// <summary>On create every action means set; no values at all are one empty Set.</summary>
        private IEnumerable<(ChangeMode Mode, IEnumerable<WireValue> Values)> ByMode(List<WireValue> values)
        {
            if (isCreate || values.Count == 0)
            {
                return [(ChangeMode.Set, values)];
            }

            return values.GroupBy(value => value.Action switch
            {
                WireAction.Add => ChangeMode.Add,
                WireAction.Remove => ChangeMode.Remove,
                _ => ChangeMode.Set,
            }).Select(group => (group.Key, group.AsEnumerable()));
        }

        private void Reference(string attribute, ChangeMode mode, string[] references)
        {
            if (references.Length == 0 && (isCreate || mode != ChangeMode.Set))
            {
                return;
            }

            switch (attribute)
            {
                case AttributeNames.Members:
                    _members.Add(new ReferenceChange(isCreate ? ChangeMode.Add : mode, references));
                    break;
                case AttributeNames.ManagedBy:
                    if (references.Length > 1)
                    {
                        Refuse(attribute, "TwoValues", ProblemScope.Request, attribute);
                    }

                    _primary.Add(mode == ChangeMode.Remove
                        ? new ReferenceChange(ChangeMode.Remove, references)
                        : new ReferenceChange(ChangeMode.Set, references) { PrimaryOnly = true });
                    break;
                default:
                    Owners(attribute, mode, references);
                    break;
            }
        }

        private void Owners(string attribute, ChangeMode mode, string[] references)
        {
            var isAdditional = attribute == AttributeNames.AdditionalOwners;
            if (isAdditional && isCreate)
            {
                mode = ChangeMode.Add;
            }
            else if (_owners.Count > 0 && (mode == ChangeMode.Set || _owners.Exists(change => change.Mode == ChangeMode.Set)))
            {
                Refuse(attribute, "MixedActions", ProblemScope.Request);
                return;
            }

            // "Exactly these" additional owners leaves the primary one, who is managedBy's, alone.
            var keep = isAdditional && mode == ChangeMode.Set && primaryOwner is { } primary ? [primary.ToString(), .. references] : references;
            _owners.Add(new ReferenceChange(mode, keep));
        }

        private Problem? WhyNot(string attribute, WireValue value, bool isReference)
        {
            // Left out of a list that replaces the old one, a present member would be removed: then the whole request is refused.
            // Of a rule nothing is left out either: it would select others.
            var isWhole = AttributeNames.IsOfRule(attribute) || (isReference && !isCreate && value.Action == WireAction.Exactly);
            var scope = isWhole ? ProblemScope.Request : ProblemScope.Line;
            if (value.Action == WireAction.Server)
            {
                return new Problem(attribute, "WireServerAction", scope, attribute, value.Value ?? string.Empty);
            }

            if (value.StoreId != 0 && value.StoreId != facts.Store.Id)
            {
                var known = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the identity store of the address, {facts.Store.Id}");
                var given = value.StoreId.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return new Problem(attribute, "WireContradicts", scope, "IdentityStoreId", given, known);
            }

            var membership = value.Extras.FirstOrDefault(extra => Is(extra.Key, "XMembershipType")).Value;
            return isReference && !string.IsNullOrEmpty(membership)
                ? new Problem(attribute, "WireTemporary", scope, attribute, value.Reference, membership)
                : null;
        }
    }
}
