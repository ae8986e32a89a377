using GroupPortal.Application.Storage;

namespace GroupPortal.Application.Jobs;

/// <summary>A plan that this process claimed and has not begun to write, with the journal row that announces its first write.</summary>
internal sealed record Claimed(LoadedPlan Plan, JournalRecord? First);
