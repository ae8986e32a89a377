using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GroupPortal.Application.Storage.Migrations
{
    /// <inheritdoc />
    public partial class FewerPages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Plans_State_Planned",
                table: "Plans");

            migrationBuilder.CreateIndex(
                name: "IX_Plans_State_Planned",
                table: "Plans",
                columns: new[] { "State", "Planned" },
                filter: "\"State\" <> 2");

            // By hand, since EF Core has no word for it: these tables are their own primary keys (sqlite.org/withoutrowid.html),
            // which saves a page for each of them in every commit of an apply. They are
            // dropped in an order in which no foreign key points at what goes.
            migrationBuilder.Sql("""
                CREATE TABLE "PortalGroups_New" (
                    "StoreId" INTEGER NOT NULL, "GroupId" TEXT NOT NULL, "SecurityType" TEXT NULL, "ManagedGroupType" TEXT NULL,
                    "Information" TEXT NULL, "Version" INTEGER NOT NULL,
                    CONSTRAINT "PK_PortalGroups" PRIMARY KEY ("StoreId", "GroupId")
                ) WITHOUT ROWID;
                INSERT INTO "PortalGroups_New" SELECT "StoreId", "GroupId", "SecurityType", "ManagedGroupType", "Information", "Version" FROM "PortalGroups";

                CREATE TABLE "AdditionalOwners_New" (
                    "StoreId" INTEGER NOT NULL, "GroupId" TEXT NOT NULL, "OwnerId" TEXT NOT NULL, "Position" INTEGER NOT NULL,
                    CONSTRAINT "PK_AdditionalOwners" PRIMARY KEY ("StoreId", "GroupId", "OwnerId"),
                    CONSTRAINT "FK_AdditionalOwners_PortalGroups_StoreId_GroupId" FOREIGN KEY ("StoreId", "GroupId")
                        REFERENCES "PortalGroups_New" ("StoreId", "GroupId") ON DELETE CASCADE
                ) WITHOUT ROWID;
                INSERT INTO "AdditionalOwners_New" SELECT "StoreId", "GroupId", "OwnerId", "Position" FROM "AdditionalOwners";
                DROP TABLE "AdditionalOwners";
                DROP TABLE "PortalGroups";
                ALTER TABLE "PortalGroups_New" RENAME TO "PortalGroups";
                ALTER TABLE "AdditionalOwners_New" RENAME TO "AdditionalOwners";
                CREATE INDEX "IX_AdditionalOwners_StoreId_OwnerId" ON "AdditionalOwners" ("StoreId", "OwnerId");

                CREATE TABLE "Journal_New" (
                    "PlanId" TEXT NOT NULL, "Sequence" INTEGER NOT NULL, "WriteOrdinal" INTEGER NOT NULL, "Description" TEXT NOT NULL,
                    "State" INTEGER NOT NULL, "Answer" INTEGER NOT NULL, "ErrorJson" TEXT NULL, "GroupId" TEXT NULL,
                    "Dispatched" INTEGER NOT NULL, "Answered" INTEGER NULL,
                    CONSTRAINT "PK_Journal" PRIMARY KEY ("PlanId", "Sequence"),
                    CONSTRAINT "FK_Journal_Plans_PlanId" FOREIGN KEY ("PlanId") REFERENCES "Plans" ("Id") ON DELETE RESTRICT
                ) WITHOUT ROWID;
                INSERT INTO "Journal_New"
                SELECT "PlanId", "Sequence", "WriteOrdinal", "Description", "State", "Answer", "ErrorJson", "GroupId", "Dispatched", "Answered" FROM "Journal";
                DROP TABLE "Journal";
                ALTER TABLE "Journal_New" RENAME TO "Journal";

                CREATE TABLE "PlanSteps_New" (
                    "PlanId" TEXT NOT NULL, "Ordinal" INTEGER NOT NULL, "Action" INTEGER NOT NULL, "Path" TEXT NOT NULL,
                    "BeforeJson" TEXT NOT NULL, "AfterJson" TEXT NOT NULL, "KeptBy" INTEGER NOT NULL, "Reason" INTEGER NOT NULL,
                    "TargetJson" TEXT NULL, "PreviousJson" TEXT NULL, "ProblemJson" TEXT NULL, "Status" INTEGER NOT NULL,
                    "HasOutcome" INTEGER NOT NULL, "ErrorJson" TEXT NULL,
                    CONSTRAINT "PK_PlanSteps" PRIMARY KEY ("PlanId", "Ordinal"),
                    CONSTRAINT "FK_PlanSteps_Plans_PlanId" FOREIGN KEY ("PlanId") REFERENCES "Plans" ("Id") ON DELETE CASCADE
                ) WITHOUT ROWID;
                INSERT INTO "PlanSteps_New"
                SELECT "PlanId", "Ordinal", "Action", "Path", "BeforeJson", "AfterJson", "KeptBy", "Reason", "TargetJson", "PreviousJson", "ProblemJson",
                    "Status", "HasOutcome", "ErrorJson" FROM "PlanSteps";
                DROP TABLE "PlanSteps";
                ALTER TABLE "PlanSteps_New" RENAME TO "PlanSteps";
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The tables stay as they are: nobody asks for their row ids.
            migrationBuilder.DropIndex(
                name: "IX_Plans_State_Planned",
                table: "Plans");

            migrationBuilder.CreateIndex(
                name: "IX_Plans_State_Planned",
                table: "Plans",
                columns: new[] { "State", "Planned" });
        }
    }
}
