using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>The command of Exchange Online PowerShell for the distribution group that the portal cannot make, with all that was filled in.</summary>
public sealed partial class ExchangeNote : IDisposable
{
    /// <summary>Addresses of so many people at most; of the others the command holds the ids, which Exchange Online understands as well.</summary>
    private const int Named = 500;

    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<Guid, DirectoryObject> _known = [];
    private HashSet<Guid> _asked = [];
    private int _store;
    private string _command = "";

    [Inject]
    public required GroupReader Reader { get; init; }

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        Write();
        var people = State.Draft.Owners.Concat(State.Draft.Members).Select(one => one.Id).Take(Named).ToHashSet();
        if (_store == State.Store.Id && people.IsSubsetOf(_asked))
        {
            return;
        }

        (_store, _asked) = (State.Store.Id, people);
        try
        {
            if (await Reader.GetObjectsAsync(_store, people, _gone.Token) is DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>.Ok(var found))
            {
                foreach (var (id, one) in found)
                {
                    _known[id] = one;
                }

                Write();
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The step has been left.
        }
    }

    private void Write() => _command = ExchangeCommand.NewDistributionGroup(State.Draft, State.Preview, _known);

    private Task RenameAsync(string? name)
    {
        State.Draft.Name = name ?? string.Empty;
        Write();
        return OnEdited.InvokeAsync();
    }
}
