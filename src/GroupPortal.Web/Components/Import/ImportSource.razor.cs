using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups.Import;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Import;

public enum ImportSourceKind
{
    File,
    Paste,
    Groups,
}

/// <summary>What is imported: a file, pasted text, or groups chosen one by one.</summary>
public sealed partial class ImportSource : IAsyncDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly CancellationTokenSource _left = new();
    private List<PickedObject> _chosen = [];
    private IJSObjectReference? _module;
    private ElementReference _area;
    private ImportSourceKind _kind;
    private string? _failure;
    private bool _isReading;
    private bool _opensArea;

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Inject]
    public required IJSRuntime Browser { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter]
    public bool IsDisabled { get; set; }

    [Parameter]
    public EventCallback<ImportReading> OnRead { get; set; }

    private bool IsBusy => _isReading || IsDisabled;

    public async ValueTask DisposeAsync()
    {
        await _left.CancelAsync();
        _left.Dispose();
        if (_module is not null)
        {
            try
            {
                await _module.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser has gone, and the module with it.
            }
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_opensArea && _kind == ImportSourceKind.Paste)
        {
            _opensArea = false;
            _module ??= await Browser.InvokeAsync<IJSObjectReference>("import", "./assets/js/chunked-text.js");
            await _module.InvokeVoidAsync("open", _area);
        }
    }

    private void Choose(ImportSourceKind kind) => (_kind, _failure, _opensArea) = (kind, null, kind == ImportSourceKind.Paste);

    private void Add(IReadOnlyList<PickedObject> picked) => _chosen = [.. _chosen.Concat(picked).DistinctBy(one => one.Id)];

    private void Remove(Guid id) => _chosen = [.. _chosen.Where(one => one.Id != id)];

    private Task ReadFileAsync(InputFileChangeEventArgs change) => change.FileCount == 0 ? Task.CompletedTask : ReadAsync(async () =>
    {
        var file = change.File;
        if (file.Size > QueryImport.MostBytes)
        {
            _failure = I["File_TooLarge", QueryImport.MostBytes / Megabyte, (file.Size / (double)Megabyte).ToString("N1", CultureInfo.CurrentCulture)];
            return null;
        }

        await using var stream = file.OpenReadStream(QueryImport.MostBytes, _left.Token);
        return await BytesAsync(stream, (int)file.Size);
    });

    private Task ReadPastedAsync() => _module is null ? Task.CompletedTask : ReadAsync(async () =>
    {
        var reference = await _module.InvokeAsync<IJSStreamReference>("read", _area);
        if (reference.Length > QueryImport.MostBytes)
        {
            _failure = I["File_TooLarge", QueryImport.MostBytes / Megabyte, (reference.Length / (double)Megabyte).ToString("N1", CultureInfo.CurrentCulture)];
            return null;
        }

        await using var stream = await reference.OpenReadStreamAsync(QueryImport.MostBytes, _left.Token);
        return await BytesAsync(stream, (int)reference.Length);
    });

    private Task UseChosenAsync() => OnRead.InvokeAsync(new ImportReading(
        ImportForm.Names, [.. _chosen.Select(one => new ImportedQuery(new ImportPlace(null, one.Label)) { Group = one.Id.ToString("D") })], []));

    private async Task<byte[]> BytesAsync(Stream stream, int size)
    {
        using var content = new MemoryStream(size);
        await stream.CopyToAsync(content, _left.Token);
        return content.ToArray();
    }

    private async Task ReadAsync(Func<Task<byte[]?>> bytesAsync)
    {
        if (_isReading || !Stores.TryGet(StoreId, out var directory))
        {
            return;
        }

        (_isReading, _failure) = (true, null);
        try
        {
            if (await bytesAsync() is { } bytes)
            {
                var vocabulary = directory.Vocabulary;
                // A large file takes seconds, in which the page would answer nothing.
                var reading = await Task.Run(() => QueryImport.Read(bytes, vocabulary), _left.Token);
                await OnRead.InvokeAsync(reading);
            }
        }
        catch (IOException exception)
        {
            _failure = I["File_Failed", exception.Message];
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _isReading = false;
        }
    }
}
