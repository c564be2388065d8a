using System.Text;
using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Interop;

/// <summary>What values mean: decimals in every store, and times with their units, as DuckDB and arrow-rs understand them.</summary>
public sealed class LogicalTypeTests
{
    [Fact]
    public async Task Write_DecimalsInEveryStore_AreUnderstoodEqual()
    {
        ForeignNode.Require();
        using var folder = new TemporaryFolder();
        var path = folder["decimals.parquet"];
        TestColumn[] columns =
        [
            Decimal("small", ParquetPhysicalType.Int32, 0, 9, 2, 12345, -1, 999_999_999, null),
            Decimal("large", ParquetPhysicalType.Int64, 0, 18, 6, 1_234_567L, -1L, 999_999_999_999_999_999L, null),
            Decimal("fixed", ParquetPhysicalType.FixedLenByteArray, 5, 11, 3,
                Convert.FromHexString("0000003039"), Convert.FromHexString("ffffffffff"), Convert.FromHexString("174876e7ff"), null),
            Decimal("wide", ParquetPhysicalType.FixedLenByteArray, 16, 38, 10,
                Convert.FromHexString("0000000000000000000000000000007b"), Convert.FromHexString("ffffffffffffffffffffffffffffffff"),
                Convert.FromHexString("4b3b4ca85a86c47a098a223fffffffff"), null),
        ];
        await File.WriteAllBytesAsync(path, TestFile.Write(columns), TestContext.Current.CancellationToken);
        string?[][] expected =
        [
            Texts("123.45", "-0.01", "9999999.99"),
            Texts("1.234567", "-0.000001", "999999999999.999999"),
            Texts("12.345", "-0.001", "99999999.999"),
            Texts("0.0000000123", "-0.0000000001", "9999999999999999999999999999.9999999999"),
        ];

        var sql = $"select {string.Join(", ", columns.Select(column => $"{column.Spec.Name}::varchar"))} from read_parquet('{path}')";
        Assert.Equal(expected, (await ForeignNode.DuckDb([], sql))[0].ByColumn());
        Assert.Equal(expected, (await ForeignNode.Arrow([], path))[0].ByColumn());
        Assert.Equal(TestFile.Expected(columns), TestFile.Read(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Write_TimesWithUnits_AreUnderstoodEqual()
    {
        ForeignNode.Require();
        using var folder = new TemporaryFolder();
        var path = folder["times.parquet"];
        const long micros = 1_700_000_000_123_456;
        TestColumn[] columns =
        [
            Time("ms", ParquetLogicalType.TimestampMillis, isUtc: false, micros / 1000),
            Time("us", ParquetLogicalType.TimestampMicros, isUtc: false, micros),
            Time("ns", ParquetLogicalType.TimestampNanos, isUtc: false, (micros * 1000) + 789),
            Time("us_utc", ParquetLogicalType.TimestampMicros, isUtc: true, micros),
            Time("clock", ParquetLogicalType.TimeMicros, isUtc: false, 3_661_000_001),
        ];
        await File.WriteAllBytesAsync(path, TestFile.Write(columns), TestContext.Current.CancellationToken);
        string?[][] expected =
        [
            Texts("2023-11-14 22:13:20.123"),
            Texts("2023-11-14 22:13:20.123456"),
            Texts("2023-11-14 22:13:20.123456789"),
            Texts("1700000000123456"),
            Texts("01:01:01.000001"),
        ];

        var sql = $"select ms::varchar, us::varchar, ns::varchar, epoch_us(us_utc)::varchar, clock::varchar from read_parquet('{path}')";
        Assert.Equal(expected, (await ForeignNode.DuckDb([], sql))[0].ByColumn());
        var arrow = (await ForeignNode.Arrow([], path))[0];
        Assert.Equal(TestFile.Expected(columns), arrow.ByColumn());
        Assert.Equal(
            [
                "Timestamp<MILLISECOND>", "Timestamp<MICROSECOND>", "Timestamp<NANOSECOND>", "Timestamp<MICROSECOND, UTC>",
                "Time64<MICROSECOND>",
            ],
            arrow.Types!);
    }

    private static string?[] Texts(params string[] texts) =>
        [.. texts.Select(text => Cell.Of(Encoding.UTF8.GetBytes(text))), null];

    private static TestColumn Decimal(
        string name, ParquetPhysicalType type, int length, int precision, int scale, params object?[] values) =>
        new(new ParquetColumnSpec(name, type, ParquetLogicalType.Decimal, true, length, precision, scale), values);

    private static TestColumn Time(string name, ParquetLogicalType type, bool isUtc, long value) =>
        new(new ParquetColumnSpec(name, ParquetPhysicalType.Int64, type, true, IsUtc: isUtc), [value, null]);
}
