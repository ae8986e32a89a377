using Bunit;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Criteria;
using GroupPortal.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Tests.Components.Criteria;

/// <summary>Scripts come later than the page, and the page may be gone by then.</summary>
public sealed class ScriptTests(SampleStores stores) : PortalComponentTests(stores)
{
    private readonly SlowScript _script = new();

    public override Task InitializeAsync()
    {
        Services.AddSingleton<IJSRuntime>(_script);
        return base.InitializeAsync();
    }

    [Fact]
    public async Task A_builder_that_was_taken_off_meanwhile_asks_its_script_for_nothing()
    {
        Render<CriteriaBuilder>(with => with
            .Add(builder => builder.Store, Stores.Ad.Store)
            .Add(builder => builder.Vocabulary, CriteriaVocabulary.For(StoreKind.ActiveDirectory))
            .Add(builder => builder.Root, Criterion.Everyone)
            .Add(builder => builder.OnEdit, (_, _) => Task.FromResult(true)));
        await DisposeComponentsAsync();

        _script.Come();

        await _script.LetGo.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(_script.Asked);
    }

    /// <summary>A module that comes when the test says so.</summary>
    private sealed class SlowScript : IJSRuntime, IJSObjectReference
    {
        private readonly TaskCompletionSource<IJSObjectReference> _import = new();
        private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Asked { get; } = [];

        public Task LetGo => _letGo.Task;

        public void Come() => _import.SetResult(this);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            if (identifier == "import")
            {
                return (TValue)await _import.Task;
            }

            Asked.Add(identifier);
            return default!;
        }

        public ValueTask DisposeAsync()
        {
            _letGo.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }
}
