using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GroupPortal.Application.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Schedules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Faults",
                table: "Tasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "LeaseUntil",
                table: "Tasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Token",
                table: "Tasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "Scheduled",
                table: "PortalGroups",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AskedBy",
                table: "Plans",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecidedBy",
                table: "Plans",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "Plans",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AskedBy",
                table: "History",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DecidedBy",
                table: "History",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Reason",
                table: "History",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastWhole",
                table: "GroupRuns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_PortalGroups_ManagedGroupType_StoreId_GroupId_Version",
                table: "PortalGroups",
                columns: new[] { "ManagedGroupType", "StoreId", "GroupId", "Version" },
                filter: "\"ManagedGroupType\" = '2'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PortalGroups_ManagedGroupType_StoreId_GroupId_Version",
                table: "PortalGroups");

            migrationBuilder.DropColumn(
                name: "Faults",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "LeaseUntil",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "Token",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "Scheduled",
                table: "PortalGroups");

            migrationBuilder.DropColumn(
                name: "AskedBy",
                table: "Plans");

            migrationBuilder.DropColumn(
                name: "DecidedBy",
                table: "Plans");

            migrationBuilder.DropColumn(
                name: "Reason",
                table: "Plans");

            migrationBuilder.DropColumn(
                name: "AskedBy",
                table: "History");

            migrationBuilder.DropColumn(
                name: "DecidedBy",
                table: "History");

            migrationBuilder.DropColumn(
                name: "Reason",
                table: "History");

            migrationBuilder.DropColumn(
                name: "LastWhole",
                table: "GroupRuns");
        }
    }
}
