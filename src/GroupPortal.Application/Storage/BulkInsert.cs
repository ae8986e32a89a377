using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace GroupPortal.Application.Storage;

/// <summary>
/// Many rows of one table by prepared statements of a few rows each: the change tracker would take a hundred thousand
/// entries for a plan of as many members. Names and conversions come from the model, so it fits every provider.
/// </summary>
internal static class BulkInsert
{
    /// <summary>Beyond this the look-up of parameters by name costs more than another statement.</summary>
    public const int RowsPerStatement = 16;

    /// <summary>Inserts within the context's present transaction; as many statements as rows / <see cref="RowsPerStatement"/>, rounded up.</summary>
    public static async Task RunAsync<T>(DbContext context, IReadOnlyList<T> rows, CancellationToken cancellation)
        where T : class
    {
        var columns = Columns<T>(context);
        var transaction = (context.Database.CurrentTransaction ?? throw new InvalidOperationException("Bulk inserts belong to a transaction.")).GetDbTransaction();
        for (var start = 0; start < rows.Count;)
        {
            var size = Math.Min(RowsPerStatement, rows.Count - start);
            await using var command = Prepare<T>(context, columns, size);
            command.Transaction = transaction;
            await command.PrepareAsync(cancellation);
            for (; rows.Count - start >= size; start += size)
            {
                Fill(command, columns, rows, start, size);
                await command.ExecuteNonQueryAsync(cancellation);
            }
        }
    }

    private static void Fill<T>(DbCommand command, Column[] columns, IReadOnlyList<T> rows, int start, int size)
        where T : class
    {
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < columns.Length; column++)
            {
                command.Parameters[(row * columns.Length) + column].Value = columns[column].ValueOf(rows[start + row]);
            }
        }
    }

    private static DbCommand Prepare<T>(DbContext context, Column[] columns, int size)
    {
        var names = context.GetService<ISqlGenerationHelper>();
        var table = context.Model.FindEntityType(typeof(T))!.GetTableName()!;
        var command = context.Database.GetDbConnection().CreateCommand();
        var text = new StringBuilder("INSERT INTO ").Append(names.DelimitIdentifier(table)).Append(" (")
            .AppendJoin(", ", columns.Select(column => names.DelimitIdentifier(column.Name))).Append(") VALUES ");
        for (var row = 0; row < size; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < columns.Length; column++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"@p{(row * columns.Length) + column}");
                text.Append(column == 0 ? string.Empty : ", ").Append(name);
                command.Parameters.Add(columns[column].Mapping.CreateParameter(command, name, value: null, nullable: true));
            }

            text.Append(')');
        }

        // Made of the model's own table and column names; every value is a parameter.
#pragma warning disable CA2100
        command.CommandText = text.ToString();
#pragma warning restore CA2100
        return command;
    }

    private static Column[] Columns<T>(DbContext context) =>
        [.. context.Model.FindEntityType(typeof(T))!.GetProperties().Select(property => new Column(property))];

    private sealed class Column(IProperty property)
    {
        public string Name { get; } = property.GetColumnName();

        public RelationalTypeMapping Mapping { get; } = property.GetRelationalTypeMapping();

        public object ValueOf(object row)
        {
            var value = property.PropertyInfo!.GetValue(row);
            return (Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
        }
    }
}
