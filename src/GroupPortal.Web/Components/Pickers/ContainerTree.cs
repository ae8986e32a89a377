using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Components.Pickers;

/// <summary>One line of the tree as it is drawn.</summary>
public sealed record TreeLine(ContainerNode Node, int Level)
{
    public bool IsExpanded { get; init; }

    public bool IsLoading { get; init; }
}

/// <summary>Which containers of a store are open and which line is active. Children are asked for when they are first looked at.</summary>
public sealed class ContainerTree(Func<string?, Task<DirectoryAnswer<IReadOnlyList<ContainerNode>>>> childrenOf)
{
    private readonly List<TreeLine> _lines = [];

    public IReadOnlyList<TreeLine> Lines => _lines;

    public int Active { get; private set; } = -1;

    /// <summary>Why the last question was not answered; null when it was.</summary>
    public DirectoryError? Error { get; private set; }

    /// <summary>Opens the tree down to a container.</summary>
    public async Task OpenAtAsync(string container)
    {
        _lines.Clear();
        _lines.AddRange((await LoadAsync(null)).Select(node => new TreeLine(node, 1)));
        Active = _lines.Count > 0 ? 0 : -1;
        if (!DistinguishedName.TryParse(container, out var target))
        {
            return;
        }

        while (_lines.FindLastIndex(line => DistinguishedName.TryParse(line.Node.Dn, out var dn) && target.IsAtOrUnder(dn)) is var nearest and >= 0)
        {
            Active = nearest;
            var line = _lines[nearest];
            if (line.IsExpanded || !line.Node.HasChildren || DistinguishedName.Parse(line.Node.Dn).Equals(target))
            {
                break;
            }

            await ExpandAsync(nearest);
        }
    }

    public void Activate(int index) => Active = _lines.Count == 0 ? -1 : Math.Clamp(index, 0, _lines.Count - 1);

    public async Task ExpandAsync(int index)
    {
        var line = _lines[index];
        if (line.IsExpanded || line.IsLoading || !line.Node.HasChildren)
        {
            return;
        }

        _lines[index] = line with { IsLoading = true };
        var children = await LoadAsync(line.Node.Dn);

        // The list may have changed while the directory was asked.
        index = _lines.FindIndex(one => one.Node.Dn == line.Node.Dn);
        if (index >= 0)
        {
            _lines[index] = line with { IsExpanded = Error is null };
            _lines.InsertRange(index + 1, children.Select(node => new TreeLine(node, line.Level + 1)));
        }
    }

    public void Collapse(int index)
    {
        var line = _lines[index];
        _lines[index] = line with { IsExpanded = false };
        var below = _lines.Skip(index + 1).TakeWhile(one => one.Level > line.Level).Count();
        _lines.RemoveRange(index + 1, below);
        Activate(Active > index ? Math.Max(index, Active - below) : Active);
    }

    /// <summary>ArrowRight: opens, or goes to the first child.</summary>
    public async Task GoInAsync()
    {
        if (Active < 0)
        {
            return;
        }

        if (_lines[Active].IsExpanded)
        {
            Activate(Active + 1);
        }
        else
        {
            await ExpandAsync(Active);
        }
    }

    /// <summary>ArrowLeft: closes, or goes to the parent.</summary>
    public void GoOut()
    {
        if (Active < 0)
        {
            return;
        }

        if (_lines[Active].IsExpanded)
        {
            Collapse(Active);
            return;
        }

        var parent = _lines.FindLastIndex(Active, line => line.Level < _lines[Active].Level);
        Activate(parent < 0 ? Active : parent);
    }

    private async Task<IReadOnlyList<ContainerNode>> LoadAsync(string? parent)
    {
        var answer = await childrenOf(parent);
        Error = answer switch
        {
            DirectoryAnswer<IReadOnlyList<ContainerNode>>.Failed(var error) => error,
            DirectoryAnswer<IReadOnlyList<ContainerNode>>.Partial(_, var why) => why,
            _ => null,
        };
        return answer switch
        {
            DirectoryAnswer<IReadOnlyList<ContainerNode>>.Ok(var nodes) => nodes,
            DirectoryAnswer<IReadOnlyList<ContainerNode>>.Partial(var nodes, _) => nodes,
            _ => [],
        };
    }
}
