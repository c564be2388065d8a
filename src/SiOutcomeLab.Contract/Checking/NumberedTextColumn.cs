using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Reads a key column (person, intervention) as numbers: a dictionary entry is judged once, and numbered when a row first uses it.
/// </summary>
internal sealed class NumberedTextColumn(
    string column, TextVerdicts.Judge judge, NumberedTextColumn.NumberOf numberOf, FindingLog log, SubmissionPart part)
{
    /// <summary>The number of a text that breaks no rule.</summary>
    public delegate int NumberOf(ReadOnlySpan<byte> utf8);

    /// <summary>What stands in place of a number when the row has no text, or one that breaks a rule.</summary>
    public const int Nothing = int.MinValue;

    private const int NotAsked = int.MinValue + 1;
    private readonly BytesBatch _batch = new();
    private readonly TextVerdicts _verdicts = new(log, part, column, judge);
    private int[] _byCode = [];

    /// <summary>Reads the next rows.</summary>
    /// <param name="reader">The column.</param>
    /// <param name="firstRow">The number of the first row, from 1.</param>
    /// <param name="numbers">Filled with the texts' numbers, or <see cref="Nothing"/>; as many rows are read as fit.</param>
    /// <returns>Rows read.</returns>
    public int Read(BytesColumnReader reader, long firstRow, Span<int> numbers)
    {
        var rows = reader.Read(_batch, numbers.Length);
        if (_verdicts.Begin(_batch))
        {
            if (_byCode.Length < _batch.DictionaryCount) _byCode = new int[_batch.DictionaryCount];
            Array.Fill(_byCode, NotAsked);
        }

        for (var i = 0; i < rows; i++)
        {
            var row = firstRow + i;
            if (_batch.IsNull(i))
            {
                log.Add(RowRules.NullValue, part, column, row);
                numbers[i] = Nothing;
            }
            else if (_batch.HasDictionary)
            {
                numbers[i] = OfCode(_batch.Codes[i], row);
            }
            else
            {
                numbers[i] = _verdicts.Passes(_batch[i], row) ? numberOf(_batch[i]) : Nothing;
            }
        }

        return rows;
    }

    /// <summary>Ends a row group.</summary>
    public void NoteUnused() => _verdicts.NoteUnused();

    private int OfCode(int code, long row)
    {
        if (!_verdicts.Passes(code, row)) return Nothing;
        if (_byCode[code] == NotAsked) _byCode[code] = numberOf(_batch.DictionaryValue(code));
        return _byCode[code];
    }
}
