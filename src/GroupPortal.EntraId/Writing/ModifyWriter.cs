using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Requests;

namespace GroupPortal.EntraId.Writing;

/// <summary>
/// The attributes of a group in one PATCH. Graph keeps no version and compares nothing, so what stands is read right before and compared
/// here; whoever writes between that read and the PATCH is overwritten. An answer to the PATCH is taken at its word: reading back would
/// only ask a server that may not know yet.
/// </summary>
internal sealed class ModifyWriter(GraphWrites writes, AttributeCatalog catalog)
{
    public async Task<Attempt> WriteAsync(DirectoryWrite.ModifyGroup write, Guid group, CancellationToken cancellation)
    {
        PresentGroup? present = null;
        if (write.Attributes.Any(attribute => attribute.Expected is not null || NeedsTypes(attribute.Attribute)))
        {
            var read = await PresentGroup.ReadAsync(writes, group, ReadsOf(write), cancellation);
            if (read is not DirectoryAnswer<PresentGroup?>.Ok(var found))
            {
                return Attempt.Refused(((DirectoryAnswer<PresentGroup?>.Failed)read).Error);
            }

            if (found is null)
            {
                return Attempt.Refused(new DirectoryError.NotFound { ServerText = group.ToString() });
            }

            present = found;
        }

        var left = new List<AttributeWrite>();
        foreach (var attribute in write.Attributes)
        {
            switch (StandOf(attribute, present))
            {
                case Stand.Wished:
                    break;
                case Stand.Other:
                    return Attempt.Refused(new DirectoryError.Conflict(attribute.Expected!, present!.Values(attribute.Attribute)) { Attribute = attribute.Attribute });
                case Stand.Before when Is(attribute.Attribute, AttributeNames.GroupType):
                    return Attempt.Refused(new DirectoryError.Unsupported { Attribute = AttributeNames.GroupType, Detail = Texts.Format("Graph.TypeIsForGood") });
                default:
                    left.Add(attribute);
                    break;
            }
        }

        if (left.Count > 0)
        {
            var reply = await writes.SendAsync(
                group, (client, token) => client.Groups[group.ToString("D")].PatchAsync(GroupBody.Of(left, present, catalog), cancellationToken: token), cancellation);
            if (!reply.IsDone)
            {
                return reply.NotDone((_, error) => error.Attribute is null && left is [var only] && error is DirectoryError.InvalidValue or DirectoryError.Other
                    ? error with { Attribute = only.Attribute }
                    : error);
            }
        }

        return new Attempt(new DirectoryWriteAnswer.Applied(group, null,
            [.. write.Attributes.Select(attribute => new StepOutcome(attribute.Step, left.Contains(attribute) ? StepStatus.Done : StepStatus.NoChange))]));
    }

    /// <summary>Whether a PATCH that was not answered has been carried out. It is whole or not at all, and harmless once more.</summary>
    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.ModifyGroup write, Guid group, CancellationToken cancellation)
    {
        var read = await PresentGroup.ReadAsync(writes, group, ReadsOf(write), cancellation);
        if (read is not DirectoryAnswer<PresentGroup?>.Ok(var present))
        {
            return new DirectoryWriteAnswer.Unknown(((DirectoryAnswer<PresentGroup?>.Failed)read).Error);
        }

        if (present is null)
        {
            return new DirectoryWriteAnswer.Refused(new DirectoryError.NotFound());
        }

        var stands = write.Attributes.Select(attribute => StandOf(attribute, present)).ToList();
        return stands.Contains(Stand.Other) ? new DirectoryWriteAnswer.Unknown(DirectoryError.Conflict.Unknown)
            : stands.TrueForAll(stand => stand == Stand.Wished) ? CreateWriter.Applied(group, write)
            : new DirectoryWriteAnswer.Refused(new DirectoryError.NotFound());
    }

    private enum Stand
    {
        Wished,
        Before,
        Other,
    }

    private Stand StandOf(AttributeWrite write, PresentGroup? present)
    {
        if (present is null)
        {
            return Stand.Before;
        }

        var values = present.Values(write.Attribute);
        return Same(write.Attribute, values, write.Values) ? Stand.Wished
            : write.Expected is null || Same(write.Attribute, values, write.Expected) ? Stand.Before
            : Stand.Other;
    }

    private bool Same(string attribute, IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        // Of these Graph chooses the spelling itself.
        var comparer = PresentGroup.IsOfRule(attribute) && Is(attribute, AttributeNames.RuleProcessing)
            || Is(attribute, AttributeNames.Visibility)
            || (catalog.TryGet(attribute, out var definition) && definition.Syntax == AttributeSyntax.Boolean)
            ? StringComparer.OrdinalIgnoreCase
            : StringComparer.Ordinal;
        return left.Count == right.Count && left.Order(comparer).SequenceEqual(right.Order(comparer), comparer);
    }

    private IEnumerable<string> ReadsOf(DirectoryWrite.ModifyGroup write)
    {
        // Exchange's own are read only by themselves, with the id.
        var names = write.Attributes.Select(attribute => catalog.TryGet(attribute.Attribute, out var definition) ? definition.Name : attribute.Attribute);
        return write.Attributes.Any(attribute => NeedsTypes(attribute.Attribute)) ? names.Append("groupTypes") : names;
    }

    private static bool NeedsTypes(string attribute) => PresentGroup.IsOfRule(attribute) || Is(attribute, AttributeNames.GroupType);

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
