using System.Security.Cryptography;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Tests.Intake.Rewriting;

/// <summary>Seeded rows of an observations file that can be written in many ways.</summary>
internal sealed class MadeRows
{
    private readonly string[] _persons;
    private readonly int[] _days;
    private readonly string?[] _sexes;
    private readonly int[] _months;
    private readonly bool[] _hasMonths;
    private readonly double[] _earnings;
    private readonly bool[] _hasEarnings;

    public MadeRows(int rows, int seed)
    {
        Rows = rows;
        var random = new Random(seed);
        string[] ids = [.. Enumerable.Range(0, Math.Max(1, (rows + 2) / 3)).Select(i => Hex(i + seed))];
        _persons = [.. Enumerable.Range(0, rows).Select(i => ids[(i / 3) % ids.Length])];
        _days = [.. Enumerable.Range(0, rows).Select(i => 19_723 + (91 * (i % 3)))];
        _sexes = [.. Enumerable.Range(0, rows).Select(_ => random.Next(5) switch { 0 => null, 1 or 2 => "woman", _ => "man" })];
        _months = [.. Enumerable.Range(0, rows).Select(_ => random.Next(4))];
        _hasMonths = [.. Enumerable.Range(0, rows).Select(_ => random.Next(10) > 0)];
        _earnings = [.. Enumerable.Range(0, rows).Select(_ => Math.Round(random.NextDouble() * 90_000, 2))];
        _hasEarnings = [.. Enumerable.Range(0, rows).Select(_ => random.Next(20) > 0)];
    }

    public int Rows { get; }

    public IReadOnlyList<string> Persons => _persons;

    public static string Hex(int number) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number)));

    /// <summary>Writes the rows.</summary>
    /// <param name="options">How.</param>
    /// <param name="groupRows">Rows a row group.</param>
    /// <param name="backwards">Whether the columns stand in the opposite order.</param>
    public byte[] Write(ParquetWriterOptions options, int groupRows, bool backwards = false)
    {
        (ParquetColumnSpec Spec, Action<ParquetRowGroupWriter, Range> Write)[] columns =
        [
            (ParquetColumnSpec.Text("person_id"), (g, r) => g.WriteStrings(_persons.AsSpan(r))),
            (ParquetColumnSpec.Text("municipality_code", optional: true), (g, r) => g.WriteStrings(Enumerable.Repeat("0180", _days[r].Length).ToArray())),
            (ParquetColumnSpec.Date("period_start"), (g, r) => g.WriteColumn<int>(_days.AsSpan(r))),
            (ParquetColumnSpec.Text("sex", optional: true), (g, r) => g.WriteStrings(_sexes.AsSpan(r))),
            (ParquetColumnSpec.Of<int>("employment_months", optional: true), (g, r) => g.WriteColumn<int>(_months.AsSpan(r), _hasMonths.AsSpan(r))),
            (ParquetColumnSpec.Of<double>("earnings_sek", optional: true), (g, r) => g.WriteColumn<double>(_earnings.AsSpan(r), _hasEarnings.AsSpan(r))),
        ];
        if (backwards) Array.Reverse(columns);
        using var bytes = new MemoryStream();
        using (var writer = ParquetWriter.Create(bytes, [.. columns.Select(c => c.Spec)], options, leaveOpen: true))
        {
            for (var from = 0; from < Rows; from += groupRows)
            {
                var group = writer.StartRowGroup();
                foreach (var column in columns) column.Write(group, from..Math.Min(Rows, from + groupRows));
            }

            writer.Close();
        }

        return bytes.ToArray();
    }

    /// <summary>The rows as lines of text, persons as given.</summary>
    public IEnumerable<string> Lines(Func<string, string> person) => Enumerable.Range(0, Rows).Select(i =>
        $"{person(_persons[i])}|0180|{_days[i]}|{_sexes[i]}|{(_hasMonths[i] ? _months[i] : null)}|{(_hasEarnings[i] ? _earnings[i] : null)}");
}
