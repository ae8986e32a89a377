using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Where nothing evaluates rules: every update says so and changes nobody.</summary>
internal sealed class NoEvaluator : ISmartEvaluator
{
    public Task<SmartEvaluation> EvaluateAsync(int storeId, Guid? groupId, SmartRule rule, CancellationToken cancellation) =>
        Task.FromResult<SmartEvaluation>(new SmartEvaluation.Failed(new DirectoryError.Unsupported()));
}
