using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GroupPortal.Application.Storage.Migrations
{
    /// <inheritdoc />
    public partial class DeletedGroups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "DeletedGroups",
                columns: table => new
                {
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Deleted = table.Column<long>(type: "INTEGER", nullable: false),
                    GroupJson = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeletedGroups", x => new { x.StoreId, x.GroupId });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "DeletedGroups");
        }
    }
}
