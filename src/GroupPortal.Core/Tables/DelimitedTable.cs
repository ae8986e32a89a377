using System.Globalization;
using GroupPortal.Core.Resources;

namespace GroupPortal.Core.Tables;

/// <summary>One record of a table.</summary>
/// <param name="Line">The line of the file on which it begins, from 1; a cell may go on over several.</param>
public sealed record TableRow(int Line, IReadOnlyList<string> Cells);

/// <summary>One thing that is wrong with a table's form, at its line.</summary>
/// <param name="Code">Stable; the resource key of its sentence is <c>Table.{Code}</c>.</param>
public sealed record TableProblem(string Code, int Line, params IReadOnlyList<string> Arguments)
{
    public string Message => Texts.Format("Table." + Code, [.. Arguments]);

    public bool Equals(TableProblem? other) =>
        other is not null && Code == other.Code && Line == other.Line && Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Code, Line);
}

/// <summary>
/// A table in text: RFC 4180, with any of the delimiters that programs write. Cells may be quoted, hold line ends and
/// doubled quotes. What is not in that form is read as well as it can be, and named.
/// </summary>
/// <param name="Delimiter">The given one, or the recognised one; a comma where there is only one column.</param>
public sealed record DelimitedTable(char Delimiter, IReadOnlyList<TableRow> Rows, IReadOnlyList<TableProblem> Problems)
{
    /// <summary>Cells of one row; more are left out, which is a problem.</summary>
    public const int MostCells = 1024;

    private const int SampleRows = 20;
    private const int SampleLength = 64 * 1024;

    /// <summary>Those that are recognised, the likeliest first.</summary>
    public static IReadOnlyList<char> Delimiters { get; } = [',', ';', '\t', '|'];

    /// <summary>Reads the whole text. Empty lines are left out. Never throws.</summary>
    /// <param name="delimiter">Null to recognise it; Excel's first line <c>sep=;</c> is understood.</param>
    /// <param name="mostRows">So many rows are read; more are a problem.</param>
    public static DelimitedTable Read(string text, char? delimiter = null, int mostRows = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (start, line) = (0, 1);
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && (text.Length == 5 || text[5] is '\r' or '\n'))
        {
            delimiter ??= text[4];
            start = Math.Min(text.Length, text.AsSpan().IndexOf('\n') is var end and >= 0 ? end + 1 : text.Length);
            line = 2;
        }

        return new Reader(text, start, line, delimiter ?? Recognise(text, start), mostRows).Read();
    }

    /// <summary>The one that cuts most of the first rows into as many cells as the first of them.</summary>
    private static char Recognise(string text, int start)
    {
        var sample = text.Length - start > SampleLength ? text.Substring(start, SampleLength) : text[start..];
        var (best, most) = (Delimiters[0], 0d);
        foreach (var candidate in Delimiters)
        {
            var rows = new Reader(sample, 0, 1, candidate, SampleRows).Read().Rows;
            if (rows.Count == 0 || rows[0].Cells.Count < 2)
            {
                continue;
            }

            var columns = rows[0].Cells.Count;
            var alike = (double)rows.Count(row => row.Cells.Count == columns) / rows.Count;
            if (alike + (columns / 10_000d) > most)
            {
                (best, most) = (candidate, alike + (columns / 10_000d));
            }
        }

        return best;
    }

    private sealed class Reader(string text, int start, int firstLine, char delimiter, int mostRows)
    {
        private readonly List<TableRow> _rows = [];
        private readonly List<TableProblem> _problems = [];
        private int _at = start;
        private int _line = firstLine;

        public DelimitedTable Read()
        {
            while (_at < text.Length)
            {
                if (_rows.Count == mostRows)
                {
                    _problems.Add(new TableProblem("TooManyRows", _line, mostRows.ToString("N0", CultureInfo.CurrentCulture)));
                    break;
                }

                var line = _line;
                var cells = Row();
                if (cells is not [{ Length: 0 }] && cells.Exists(cell => cell.Length > 0))
                {
                    _rows.Add(new TableRow(line, cells));
                }
            }

            return new DelimitedTable(delimiter, _rows, _problems);
        }

        private List<string> Row()
        {
            var line = _line;
            var cells = new List<string>();
            var isTooLong = false;
            while (true)
            {
                var cell = IsQuoted() ? Quoted() : Plain();
                if (cells.Count < MostCells)
                {
                    cells.Add(cell);
                }
                else if (!isTooLong)
                {
                    isTooLong = true;
                    _problems.Add(new TableProblem("TooManyCells", line, MostCells.ToString("N0", CultureInfo.CurrentCulture)));
                }

                if (_at >= text.Length)
                {
                    return cells;
                }

                if (text[_at] == delimiter)
                {
                    _at++;
                    continue;
                }

                EndLine();
                return cells;
            }
        }

        /// <summary>Whether a quoted cell begins here; blanks before it, which some programs write, are left out.</summary>
        private bool IsQuoted()
        {
            var at = _at;
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }

            if (at >= text.Length || text[at] != '"')
            {
                return false;
            }

            _at = at;
            return true;
        }

        /// <summary>Up to the next delimiter or line end; a quote within is a character like others.</summary>
        private string Plain()
        {
            var from = _at;
            while (_at < text.Length && text[_at] != delimiter && text[_at] is not '\r' and not '\n')
            {
                _at++;
            }

            return text[from.._at].Trim();
        }

        private string Quoted()
        {
            var line = _line;
            var cell = new System.Text.StringBuilder();
            _at++;
            while (_at < text.Length)
            {
                var character = text[_at];
                if (character != '"')
                {
                    if (character == '\n' || (character == '\r' && (_at + 1 == text.Length || text[_at + 1] != '\n')))
                    {
                        _line++;
                    }

                    cell.Append(character);
                    _at++;
                }
                else if (_at + 1 < text.Length && text[_at + 1] == '"')
                {
                    cell.Append('"');
                    _at += 2;
                }
                else
                {
                    _at++;
                    var rest = Plain();
                    if (rest.Length > 0)
                    {
                        _problems.Add(new TableProblem("TextAfterQuote", _line, rest.Length > 40 ? rest[..40] + "…" : rest));
                        cell.Append(rest);
                    }

                    return cell.ToString();
                }
            }

            _problems.Add(new TableProblem("QuoteOpen", line));
            return cell.ToString();
        }

        private void EndLine()
        {
            _at += text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n' ? 2 : 1;
            _line++;
        }
    }
}
