using System.Data.Common;
using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace GroupPortal.Application.Storage;

/// <summary>
/// Rows of one table by prepared statements of a few rows each. The change tracker costs several times as much per row,
/// and would hold a hundred thousand entries for a plan of as many members. Names and conversions come from the model, so
/// it fits every provider; what the database makes itself (an identity) is left to it.
/// </summary>
internal static class BulkInsert
{
    /// <summary>Beyond this the look-up of parameters by name, each of them among all, costs more than another statement.</summary>
    public const int RowsPerStatement = 4;

    /// <summary>As many statements as rows / <see cref="RowsPerStatement"/>, rounded up.</summary>
    public static async Task RunAsync<T>(StateConnection connection, DbTransaction transaction, IReadOnlyList<T> rows, CancellationToken cancellation)
        where T : class
    {
        var table = Table<T>.Of(connection.Database);
        for (var start = 0; start < rows.Count;)
        {
            var size = Math.Min(RowsPerStatement, rows.Count - start);
            var command = await connection.PrepareAsync(table.Text(size), transaction, made => table.Make(made, size), cancellation);
            for (; rows.Count - start >= size; start += size)
            {
                table.Fill(command, rows, start, size);
                await command.ExecuteNonQueryAsync(cancellation);
            }
        }
    }

    /// <summary>What a model says of one table, worked out once.</summary>
    private sealed class Table<T>
        where T : class
    {
        private static readonly ConditionalWeakTable<IModel, Table<T>> Tables = [];

        private readonly Column<T>[] _columns;
        private readonly string[] _texts;

        private Table(DbContext context)
        {
            var type = context.Model.FindEntityType(typeof(T))!;
            var names = context.GetService<ISqlGenerationHelper>();
            _columns = [.. type.GetProperties().Where(property => !IsIdentity(property)).Select(property => new Column<T>(property))];
            var head = $"INSERT INTO {names.DelimitIdentifier(type.GetTableName()!)} ({string.Join(", ", _columns.Select(column => names.DelimitIdentifier(column.Name)))}) VALUES ";
            _texts = [.. Enumerable.Range(0, RowsPerStatement + 1).Select(size => head + Values(size))];
        }

        public static Table<T> Of(DbContext context)
        {
            if (!Tables.TryGetValue(context.Model, out var table))
            {
                table = new Table<T>(context);
                Tables.AddOrUpdate(context.Model, table);
            }

            return table;
        }

        public string Text(int size) => _texts[size];

        public void Make(DbCommand command, int size)
        {
            for (var index = 0; index < size * _columns.Length; index++)
            {
                command.Parameters.Add(_columns[index % _columns.Length].Mapping.CreateParameter(command, NameOf(index), value: null, nullable: true));
            }

            // Made of the model's own table and column names; every value is a parameter.
#pragma warning disable CA2100
            command.CommandText = _texts[size];
#pragma warning restore CA2100
        }

        public void Fill(DbCommand command, IReadOnlyList<T> rows, int start, int size)
        {
            for (var row = 0; row < size; row++)
            {
                for (var column = 0; column < _columns.Length; column++)
                {
                    command.Parameters[(row * _columns.Length) + column].Value = _columns[column].ValueOf(rows[start + row]);
                }
            }
        }

        private static bool IsIdentity(IProperty property) => property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(long);

        private static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");

        private string Values(int size)
        {
            var text = new StringBuilder();
            for (var row = 0; row < size; row++)
            {
                text.Append(row == 0 ? "(" : ", (")
                    .AppendJoin(", ", Enumerable.Range(row * _columns.Length, _columns.Length).Select(NameOf))
                    .Append(')');
            }

            return text.ToString();
        }
    }

    private sealed class Column<T>
    {
        private readonly Func<T, object?> _read;

        public Column(IProperty property)
        {
            Name = property.GetColumnName();
            Mapping = property.GetRelationalTypeMapping();
            var row = Expression.Parameter(typeof(T));
            _read = Expression.Lambda<Func<T, object?>>(Expression.Convert(Expression.Property(row, property.PropertyInfo!), typeof(object)), row).Compile();
        }

        public string Name { get; }

        public RelationalTypeMapping Mapping { get; }

        public object ValueOf(T row)
        {
            var value = _read(row);
            return (Mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;
        }
    }
}
