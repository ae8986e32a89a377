using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Plans;

/// <summary>Plans the attributes of one request: every change becomes a line, with its problem or without.</summary>
internal sealed class AttributePlanner(GroupRequest request, PlanFacts facts, List<Problem> problems)
{
    private const int MostMembersTold = 100;

    private readonly List<PlanStep> _steps = [];
    private readonly Dictionary<string, Dictionary<string, string>> _standing = new(StringComparer.Ordinal);
    private readonly AttributeValues _present = facts.Group?.Attributes ?? AttributeValues.None;

    /// <summary>The lines so far, one per attribute.</summary>
    public IReadOnlyList<PlanStep> Steps => _steps;

    public void PlanRequested()
    {
        foreach (var change in Merged())
        {
            PlanOne(change);
        }
    }

    /// <summary>Adds what follows from the request without having been asked for; an attribute that was asked for stays as asked.</summary>
    public void PlanImplied(string attribute, string value, StepReason reason)
    {
        if (_steps.Exists(step => Same(step.Path, attribute)))
        {
            return;
        }

        PlanOne(new AttributeChange(attribute, ChangeMode.Set, [value]), reason);
    }

    /// <summary>Puts other values in an attribute than were asked for, or than stand; they are known to be right.</summary>
    public void Replace(string attribute, IReadOnlyList<string> values, StepReason reason)
    {
        _steps.RemoveAll(step => Same(step.Path, attribute));
        if (values.Count > SmartRules.MostOf(attribute))
        {
            problems.Add(TooMany(attribute, values.Count));
        }

        if (facts.Catalog.TryGet(attribute, out var definition))
        {
            _steps.Add(Step(definition, _present[definition.Name], values, reason));
        }
    }

    /// <summary>The values an attribute will have, from a planned line or else as they stand.</summary>
    public IReadOnlyList<string> FinalValues(string attribute) => _steps.Find(step => Same(step.Path, attribute))?.After ?? _present[attribute];

    /// <summary>The value an attribute will have, from a planned line or else as it stands.</summary>
    public string? Final(string attribute)
    {
        var step = _steps.Find(step => Same(step.Path, attribute));
        return step is null ? _present.First(attribute) : step.After.Count > 0 ? step.After[0] : null;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>One change per attribute; exactly these and add or remove at once contradict each other.</summary>
    private IEnumerable<AttributeChange> Merged()
    {
        foreach (var group in request.Attributes.GroupBy(change => change.Name, StringComparer.OrdinalIgnoreCase))
        {
            AttributeChange[] changes = [.. group];
            if (changes.Length == 1)
            {
                yield return changes[0];
                continue;
            }

            var exact = changes.Count(change => change.Mode == ChangeMode.Set);
            if (exact > 0)
            {
                problems.Add(new Problem(group.Key, exact == changes.Length ? "TwoValues" : "MixedActions", ProblemScope.Request));
                continue;
            }

            foreach (var change in changes)
            {
                yield return change;
            }
        }
    }

    private void PlanOne(AttributeChange change, StepReason reason = StepReason.Requested)
    {
        if (!facts.Catalog.TryGet(change.Name, out var definition))
        {
            // Without a part of its rule, which is only misspelt, the group would have a wider one.
            if (change.Values.Any(value => value.Length > 0) && PartOfRuleMeantBy(change.Name) is { } meant)
            {
                problems.Add(new Problem(change.Name, "RuleAttributeUnknown", ProblemScope.Request, change.Name, meant));
                return;
            }

            Add(Refused(change, change.Name, "UnknownAttribute", change.Name, facts.Store.Name));
            return;
        }

        if (!definition.IsWritable)
        {
            Add(Refused(change, definition.Name, "ReadOnlyAttribute", definition.Name));
            return;
        }

        var before = _steps.FindLast(step => Same(step.Path, definition.Name))?.After ?? _present[definition.Name];
        var values = change.Values.Where(value => value.Length > 0).Select(value => Canonical(definition, value)).ToList();
        var after = After(definition, change.Mode, before, values);
        if (WhyNotRequest(definition, change, after) is { } problem)
        {
            problems.Add(problem);
            return;
        }

        if (WhyNotLine(definition, before, after) is { } line)
        {
            Add(Step(definition, before, after, reason) with { Problem = line });
            return;
        }

        Add(Step(definition, before, after, reason));
    }

    private PlanStep Step(AttributeDefinition definition, IReadOnlyList<string> before, IReadOnlyList<string> after, StepReason reason)
    {
        var unchanged = before.Count == after.Count
            && (definition.IsMultiValued ? before.ToHashSet(StringComparer.Ordinal).SetEquals(after) : before.SequenceEqual(after, StringComparer.Ordinal));
        var action = unchanged ? PlanAction.NoChange : after.Count == 0 ? PlanAction.Clear : PlanAction.Set;
        var makesTeam = facts.Store.Kind == StoreKind.EntraId && definition.Name == AttributeNames.GroupType
            && before is [var from] && after is [var to] && MakesTeam(from, to);
        return new PlanStep(0, action, definition.Name, before, after) { KeptBy = makesTeam ? KeptBy.Teams : definition.KeptBy, Reason = reason };
    }

    private static string? PartOfRuleMeantBy(string name) =>
        NearestWord.Of(name, AttributeNames.OfRule)
        ?? (name.StartsWith("IMSG", StringComparison.OrdinalIgnoreCase) ? NearestWord.Of(name[4..], AttributeNames.OfRule) : null);

    private IReadOnlyList<string> After(AttributeDefinition definition, ChangeMode mode, IReadOnlyList<string> before, List<string> values)
    {
        var folding = facts.Store.Folding;
        return mode switch
        {
            ChangeMode.Set => values,
            // Where one value can stand, adding one means that one.
            ChangeMode.Add when !definition.IsMultiValued => values.Count == 0 ? before : values,
            ChangeMode.Add when IsException(definition) => [.. before.Where(value => !Ids(values).Contains(RuleValues.IdOf(value))), .. values],
            ChangeMode.Remove when IsException(definition) => [.. before.Where(value => !Ids(values).Contains(RuleValues.IdOf(value)))],
            ChangeMode.Add => [.. before, .. values.Where(value => !before.Contains(value, folding)).Distinct(folding)],
            ChangeMode.Remove => [.. before.Where(value => !values.Contains(value, folding))],
            _ => throw new InvalidOperationException($"Unknown change mode {mode}."),
        };
    }

    private static bool IsException(AttributeDefinition definition) => definition.Name is AttributeNames.Include or AttributeNames.Exclude;

    private static HashSet<Guid?> Ids(List<string> exceptions) => [.. exceptions.Select(RuleValues.IdOf)];

    /// <summary>What makes the whole request impossible: too long, two values for one, an unreadable type.</summary>
    private Problem? WhyNotRequest(AttributeDefinition definition, AttributeChange change, IReadOnlyList<string> after)
    {
        if (!definition.IsMultiValued && after.Count > 1)
        {
            return new Problem(definition.Name, "TwoValues", ProblemScope.Request, definition.Name);
        }

        var tooLong = change.Values.FirstOrDefault(value => value.Length > definition.MaximumLength);
        if (tooLong is not null)
        {
            return new Problem(
                definition.Name, "TooLong", ProblemScope.Request, definition.Name,
                NameChecks.Invariant(definition.MaximumLength!.Value), NameChecks.Invariant(tooLong.Length));
        }

        if (after.Count > SmartRules.MostOf(definition.Name))
        {
            return TooMany(definition.Name, after.Count);
        }

        // Of a rule nothing is left out: without one of its paths it would select more.
        if (AttributeNames.IsOfRule(definition.Name) && change.Values.FirstOrDefault(value => value.Length > 0 && WhyNotRule(definition.Name, value) is not null) is { } wrong)
        {
            return new Problem(definition.Name, WhyNotRule(definition.Name, wrong)!, ProblemScope.Request, wrong);
        }

        return definition.Name switch
        {
            AttributeNames.GroupType => WhyNotType(after),
            AttributeNames.SecurityType when after is [var text] && !GroupSecurityTypes.TryParse(text, out _) =>
                new Problem(definition.Name, "SecurityTypeUnknown", ProblemScope.Request, text),
            _ => null,
        };
    }

    private static Problem TooMany(string attribute, int count) => new(
        attribute, "TooManyRuleValues", ProblemScope.Request, attribute, NameChecks.Invariant(SmartRules.MostOf(attribute)), NameChecks.Invariant(count));

    private Problem? WhyNotType(IReadOnlyList<string> after)
    {
        var text = after.Count == 0 ? string.Empty : after[0];
        if (facts.Store.Kind == StoreKind.ActiveDirectory)
        {
            return AdGroupType.TryParse(text, out _) ? null : new Problem(AttributeNames.GroupType, "AdTypeUnknown", ProblemScope.Request, text);
        }

        if (!EntraGroupTypes.TryParse(text, out var type))
        {
            return new Problem(AttributeNames.GroupType, "EntraTypeUnknown", ProblemScope.Request, text);
        }

        if (type == EntraGroupType.Distribution && request.Kind == PlanKind.Create && !facts.Capabilities.HasExchange)
        {
            // A command of ten thousand members is no sentence: then they are for the administrator to add.
            var told = request.Members.Sum(change => change.References.Count) > MostMembersTold ? request with { Members = [] } : request;
            return new Problem(AttributeNames.GroupType, "DistributionNeedsExchange", ProblemScope.Request, ExchangeCommand.NewDistributionGroup(told, facts));
        }

        return type == EntraGroupType.Teams && facts.Group?.GroupType != (int)EntraGroupType.Teams && !facts.Capabilities.HasTeams
            ? new Problem(AttributeNames.GroupType, "TeamsMissing", ProblemScope.Request)
            : null;
    }

    /// <summary>What makes one line impossible while the others can go on.</summary>
    private Problem? WhyNotLine(AttributeDefinition definition, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var code = after.Select(value => WhyNotValue(definition, value)).FirstOrDefault(why => why is not null);
        if (code is null && Same(definition.Name, ProxyAddresses.Attribute))
        {
            code = ProxyAddresses.WhyNot(after);
        }

        if (code is null && after.Count == 0 && before.Count > 0 && IsRequiredByDirectory(definition.Name))
        {
            code = "CannotClear";
        }

        if (code is null && facts.Group is not null && after.Count > 0 && before.Count > 0)
        {
            code = WhyNotChange(definition, before[0], after[0]);
        }

        if (code is null && definition.Name == AttributeNames.Visibility && after is [var visibility]
            && !(visibility is "Public" or "Private" or "HiddenMembership"))
        {
            code = "VisibilityUnknown";
        }

        return code is null ? null : new Problem(definition.Name, code, ProblemScope.Line, definition.Name, after.Count > 0 ? after[0] : string.Empty);
    }

    private string? WhyNotChange(AttributeDefinition definition, string before, string after)
    {
        if (before == after)
        {
            return null;
        }

        return definition.Name switch
        {
            AttributeNames.GroupType when facts.Store.Kind == StoreKind.EntraId => MakesTeam(before, after) ? null : "TypeIsFixed",
            AttributeNames.GroupType when AdGroupType.TryParse(before, out var from) && AdGroupType.TryParse(after, out var to) =>
                MembershipRules.WhyNotTypeChange(from, to),
            _ => null,
        };
    }

    /// <summary>The one change of type that there is: a Microsoft 365 group becomes a team as well.</summary>
    private static bool MakesTeam(string before, string after) =>
        before == EntraGroupType.Microsoft365.Text() && after == EntraGroupType.Teams.Text();

    private string? WhyNotRule(string attribute, string value) => attribute switch
    {
        AttributeNames.CriteriaLanguage => RuleValues.TryParse(value, out CriteriaLanguage _) ? null : "CriteriaLanguageUnknown",
        AttributeNames.ObjectTypes => RuleValues.TryParse(value, out QueryObjectType _) ? null : "ObjectTypeUnknown",
        AttributeNames.StartPath => !RuleValues.TryParse(value, out StartPath? path) ? "StartPathMalformed"
            : DistinguishedName.Parse(path.Dn).IsAtOrUnder(DistinguishedName.Parse(facts.Store.BaseDn)) ? null : "StartPathElsewhere",
        AttributeNames.Include or AttributeNames.Exclude => RuleValues.TryParse(value, out MembershipException? _) ? null : "ExceptionMalformed",
        AttributeNames.Schedule => UpdateSchedules.WhyNot(attribute, value)?.Code,
        _ => null,
    };

    private static string? WhyNotValue(AttributeDefinition definition, string value) => definition.Name switch
    {
        AttributeNames.AccountName => NameChecks.WhyNotAccountName(value),
        AttributeNames.MailNickname => NameChecks.WhyNotMailNickname(value),
        AttributeNames.Mail => NameChecks.WhyNotMail(value),
        AttributeNames.ManagedGroupType when value is not ("1" or "2") => "MembershipKindUnknown",
        _ when TenantAttributes.WhyNotValue(definition.Name, value) is { } tenant => tenant,
        AttributeNames.RuleProcessing when value is not ("On" or "Paused") => "RuleProcessingUnknown",
        _ when definition.Syntax == AttributeSyntax.Number && !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "NotNumber",
        _ when definition.Syntax == AttributeSyntax.Boolean && !bool.TryParse(value, out _) => "NotBoolean",
        _ => NameChecks.WhyNotText(value, definition.AllowsLines),
    };

    private static bool IsRequiredByDirectory(string attribute) =>
        attribute is AttributeNames.AccountName or AttributeNames.GroupType or AttributeNames.MailNickname or AttributeNames.Name
            or AttributeNames.SecurityType or AttributeNames.ManagedGroupType or AttributeNames.Expires or AttributeNames.Renewed;

    /// <summary>One spelling per value, so that "already so" is seen: the signed group type, the wire's security type.</summary>
    private string Canonical(AttributeDefinition definition, string value) => definition.Name switch
    {
        AttributeNames.GroupType when facts.Store.Kind == StoreKind.ActiveDirectory && AdGroupType.TryParse(value, out var type) => type.Text,
        AttributeNames.GroupType when facts.Store.Kind == StoreKind.EntraId && EntraGroupTypes.TryParse(value, out var type) => type.Text(),
        AttributeNames.RuleProcessing when Same(value, "On") => "On",
        AttributeNames.RuleProcessing when Same(value, "Paused") => "Paused",
        AttributeNames.SecurityType when GroupSecurityTypes.TryParse(value, out var type) => type.Wire(),
        AttributeNames.Licences or AttributeNames.Expires => TenantAttributes.Canonical(value),
        AttributeNames.StartPath when RuleValues.TryParse(value, out StartPath? path) => RuleValues.Write(path),
        AttributeNames.CriteriaLanguage when RuleValues.TryParse(value, out CriteriaLanguage language) => RuleValues.Write(language),
        AttributeNames.Schedule when UpdateSchedules.TryParse(value, out var schedule) => UpdateSchedules.Write(schedule),
        AttributeNames.Include or AttributeNames.Exclude when RuleValues.TryParse(value, out MembershipException? exception) =>
            RuleValues.Write(exception with { By = MakerOf(definition.Name, exception) }),
        _ => value,
    };

    /// <summary>Who made an exception: of one that stands unchanged who it was, else the requester. What the request says of it is not believed.</summary>
    private string MakerOf(string attribute, MembershipException exception)
    {
        if (!_standing.TryGetValue(attribute, out var standing))
        {
            standing = [];
            foreach (var value in _present[attribute])
            {
                if (RuleValues.TryParse(value, out MembershipException? one))
                {
                    standing.TryAdd(RuleValues.Write(one with { By = string.Empty }), one.By);
                }
            }

            _standing.Add(attribute, standing);
        }

        return standing.GetValueOrDefault(RuleValues.Write(exception with { By = string.Empty }), facts.Requester.Account);
    }

    private PlanStep Refused(AttributeChange change, string name, string code, params IReadOnlyList<string> arguments) =>
        new(0, change.Values.Count == 0 ? PlanAction.Clear : PlanAction.Set, name, _present[name], change.Values)
        {
            Problem = new Problem(name, code, ProblemScope.Line, arguments),
        };

    private void Add(PlanStep step)
    {
        // Two lines of one attribute (add and remove) are one write: the later line starts where the earlier ended.
        var earlier = _steps.FindIndex(one => Same(one.Path, step.Path) && one.Problem is null);
        if (earlier >= 0 && step.Problem is null && facts.Catalog.TryGet(step.Path, out var definition))
        {
            _steps[earlier] = Step(definition, _steps[earlier].Before, step.After, step.Reason);
            return;
        }

        _steps.Add(step);
    }
}
