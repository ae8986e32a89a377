using GroupPortal.Application.Groups;
using GroupPortal.Application.Tasks;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Storage;

/// <summary>
/// What the portal keeps itself, in a model that no provider owns; <see cref="SqliteStateDb"/> adds provider and
/// migrations. One context per operation, from the factory.
/// </summary>
public abstract class StateDb(DbContextOptions options) : DbContext(options)
{
    internal DbSet<PlanRecord> Plans => Set<PlanRecord>();

    internal DbSet<PlanStepRecord> PlanSteps => Set<PlanStepRecord>();

    internal DbSet<JournalRecord> Journal => Set<JournalRecord>();

    internal DbSet<HistoryRecord> History => Set<HistoryRecord>();

    internal DbSet<PortalGroupRecord> PortalGroups => Set<PortalGroupRecord>();

    internal DbSet<DeletedGroupRecord> DeletedGroups => Set<DeletedGroupRecord>();

    internal DbSet<AdditionalOwnerRecord> AdditionalOwners => Set<AdditionalOwnerRecord>();

    internal DbSet<DraftRecord> Drafts => Set<DraftRecord>();

    internal DbSet<TaskRecord> Tasks => Set<TaskRecord>();

    internal DbSet<HeldPlanRecord> HeldPlans => Set<HeldPlanRecord>();

    internal DbSet<GroupRunRecord> GroupRuns => Set<GroupRunRecord>();

    internal DbSet<ContainerScheduleRecord> ContainerSchedules => Set<ContainerScheduleRecord>();

    internal DbSet<AccessTokenRecord> AccessTokens => Set<AccessTokenRecord>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<PlanRecord>(plan =>
        {
            plan.HasKey(one => one.Id);
            // Of plans that are not finished only: few, however many there are. A query has to repeat the filter to be served by it.
            plan.HasIndex(one => new { one.State, one.Planned }).HasFilter($"\"State\" <> {(int)PlanState.Finished}");
        });
        modelBuilder.Entity<PlanStepRecord>(step =>
        {
            step.HasKey(one => new { one.PlanId, one.Ordinal });
            step.HasOne<PlanRecord>().WithMany().HasForeignKey(one => one.PlanId).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<JournalRecord>(journal =>
        {
            journal.HasKey(one => new { one.PlanId, one.Sequence });
            journal.HasOne<PlanRecord>().WithMany().HasForeignKey(one => one.PlanId).OnDelete(DeleteBehavior.Restrict);
        });
        modelBuilder.Entity<HistoryRecord>(history =>
        {
            history.HasKey(one => one.Id);
            history.HasIndex(one => new { one.StoreId, one.GroupId, one.Id });
            history.HasIndex(one => new { one.Account, one.Id });
            // One entry per plan, however often a plan is resumed.
            history.HasIndex(one => one.PlanId).IsUnique();
        });
        modelBuilder.Entity<PortalGroupRecord>(group =>
        {
            group.HasKey(one => new { one.StoreId, one.GroupId });
            // Schedules ask for all smart groups every minute, and for no more of them than this.
            group.HasIndex(one => new { one.ManagedGroupType, one.StoreId, one.GroupId, one.Version }).HasFilter("\"ManagedGroupType\" = '2'");
            group.HasMany(one => one.AdditionalOwners).WithOne().HasForeignKey(one => new { one.StoreId, one.GroupId }).OnDelete(DeleteBehavior.Cascade);
        });
        modelBuilder.Entity<DeletedGroupRecord>(group => group.HasKey(one => new { one.StoreId, one.GroupId }));
        modelBuilder.Entity<AdditionalOwnerRecord>(owner =>
        {
            owner.HasKey(one => new { one.StoreId, one.GroupId, one.OwnerId });
            owner.HasIndex(one => new { one.StoreId, one.OwnerId });
        });
        OnSmartGroups(modelBuilder);
        modelBuilder.Entity<DraftRecord>(draft =>
        {
            draft.HasKey(one => one.Id);
            draft.HasIndex(one => new { one.Account, one.Saved });
        });
        modelBuilder.Entity<AccessTokenRecord>(token =>
        {
            token.HasKey(one => one.Hash);
            token.Property(one => one.Hash).HasMaxLength(64);
            token.HasIndex(one => one.Family);
            token.HasIndex(one => one.Expires);
        });
    }

    private static void OnSmartGroups(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TaskRecord>(task =>
        {
            task.HasKey(one => one.Id);
            task.Ignore(one => one.Claim);
            task.HasIndex(one => one.State).HasFilter($"\"State\" <> {(int)TaskState.Finished}");
            task.HasIndex(one => one.RunId);
            task.HasIndex(one => new { one.StoreId, one.Outcome, one.Finished });
            task.HasIndex(one => new { one.StoreId, one.GroupId, one.Id });
        });
        modelBuilder.Entity<HeldPlanRecord>(held =>
        {
            held.HasKey(one => new { one.StoreId, one.GroupId });
            held.HasIndex(one => one.PlanId);
        });
        modelBuilder.Entity<GroupRunRecord>(run => run.HasKey(one => new { one.StoreId, one.GroupId }));
        modelBuilder.Entity<ContainerScheduleRecord>(schedule => schedule.HasKey(one => new { one.StoreId, one.Container }));
    }
}
