using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace GroupPortal.Application.Storage.Migrations
{
    /// <inheritdoc />
    public partial class StepEffects : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Effect",
                table: "PlanSteps",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Effect",
                table: "PlanSteps");
        }
    }
}
